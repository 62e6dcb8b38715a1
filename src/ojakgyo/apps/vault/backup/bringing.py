"""Bringing a backup back: both files opened in memory, and everything held against everything, before a byte is written."""

from collections.abc import Callable
from dataclasses import dataclass

from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.backup.division import DATA, KEYS
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import age_keys, parts, vault_file
from ojakgyo.domain.sealing.envelope import Secret
from ojakgyo.domain.sealing.manifest import Manifest, Which
from ojakgyo.domain.sealing.parts import Part
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.sealing.vault_file import Opened, VaultFile
from ojakgyo.domain.values.ids import PersonId


@dataclass(frozen=True, slots=True, repr=False)
class Brought(Secret):
    """A backup that holds: its two parts, and the ring that the keys part led to."""

    data: Part
    keys: Part
    ring: Ring

    @property
    def about(self) -> Manifest:
        """Of the data: that is what comes back."""
        return self.data.manifest

    @property
    def erased_since(self) -> tuple[PersonId, ...]:
        """Whose names were forgotten after the data was written."""
        return tuple(sorted(set(self.keys.manifest.erased) - set(self.about.erased)))

    @property
    def signer(self) -> str:
        """The fingerprint of the hand under the keys. Whoever knows the shares' public key could have made a house up."""
        return parts.signer(self.ring.audit)

    @property
    def plain_data(self) -> bytes:
        return self.data.members[DATA]

    @property
    def plain_keys(self) -> bytes:
        return self.keys.members[KEYS]


def bring(files: tuple[bytes, bytes], *, identity: str, way: Callable[[VaultFile], Opened]) -> Brought:
    """Decrypt both files, given in either order, and check them. `way` opens ROOT from what vault.json says.

    Changed, cut off, or for another identity: ``Damaged`` "vault.backup_damaged"; signed by another house:
    "vault.backup_unsigned"; of two vaults, or twice the same part: ``Refused`` "vault.backup_another"; keys older than
    the data: "vault.backup_older".
    """
    found = {part.manifest.part: part for part in (parts.unpacked(age_keys.decrypt(each, identity)) for each in files)}
    if set(found) != set(Which) or len({part.manifest.vault for part in found.values()}) != 1:
        raise Refused("vault.backup_another")
    data, keys = found[Which.DATA], found[Which.KEYS]
    if set(data.members) != {DATA, parts.SIGNERS} or not {KEYS, header.NAME} <= set(keys.members):
        raise Damaged("vault.backup_damaged")
    file = vault_file.label(keys.members[header.NAME])
    ring = way(file).ring
    for part in (keys, data):
        parts.check(part, (ring.audit, *ring.before.get("audit", ())))
    _check_order(data.manifest, keys.manifest, file)
    return Brought(data, keys, ring)


def _check_order(data: Manifest, keys: Manifest, file: VaultFile) -> None:
    if file.vault != keys.vault:
        raise Refused("vault.backup_another")
    if file.generation != keys.generation:
        raise Damaged("vault.backup_damaged", number=keys.number)
    if keys.seq < data.seq or keys.generation < data.generation:
        raise Refused("vault.backup_older", data=data.number, keys=keys.number)
