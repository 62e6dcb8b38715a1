"""vault.json in the home folder: made, read, opened, and its ways in changed. Replaced as a whole or not at all; 0600."""

import dataclasses
import os
import secrets
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from shamir_mnemonic.wordlist import WORDLIST

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import anchors, organisation, phrases, rotation, vault_file
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.sealing.slots import Slot
from ojakgyo.domain.sealing.stretching import FLOOR, UNSEAL, Cost
from ojakgyo.domain.sealing.vault_file import Opened, VaultFile

NAME: Final = "vault.json"
DEMO_KEY: Final = "demo.key"
COUNT: Final = 6
"""Words of a generated passphrase; `phrases.bits(WORDLIST, COUNT)` = 60, each guess at the cost of a slot."""
one_at_a_time: Final = threading.RLock()
"""A gibibyte each. Whoever changes an opener's way in holds it from the file to the row that names the slot."""
_writing: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a new ROOT left: the generation of the file, and the slot of the opener who made it."""

    generation: int
    slot: bytes | None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What vault.json shows of itself to who has opened it."""

    generation: int
    passphrases: int
    openers: frozenset[bytes]
    shares: bool
    anchor: anchors.Anchor | None = field(repr=False)


def generated_words(count: int = COUNT) -> str:
    """A passphrase drawn by lot from 1,024 words, 10 bits each."""
    return phrases.draw(WORDLIST, count, secrets.token_bytes)


def found(home: Path, words: str, *, demo: bool, cost: Cost | None = None, secret: bytes | None = None) -> Ring:
    """Make the vault of a home folder that has none; `secret`: the 32 bytes behind the shares.

    A practice vault's words lie beside it, in `demo.key`.
    """
    if (home / NAME).exists():
        raise Refused("vault.exists")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault = secrets.token_hex(8)
    file, ring = vault_file.found(
        words,
        vault=vault,
        demo=demo,
        cost=cost or (FLOOR if demo else UNSEAL),
        randomness=secrets.token_bytes,
        shares=organisation.slot_public(secret, vault) if secret else None,
    )
    _kept_beside(home, file, words)
    _keep(home, file)  # last: whoever finds it finds a whole vault
    return ring


def label(home: Path) -> VaultFile:
    """What vault.json says without being opened. None there: ``Refused``; anything amiss: ``Damaged``."""
    try:
        data = (home / NAME).read_bytes()
    except FileNotFoundError:
        raise Refused("vault.no_vault") from None
    return vault_file.label(data)


def ways_in(home: Path) -> WaysIn:
    file = label(home)
    kinds = [slot.kind for slot in file.slots]
    openers = frozenset(bytes.fromhex(slot.id) for slot in file.slots if slot.kind is SlotKind.OPENER)
    passphrases, shares = kinds.count(SlotKind.PASSPHRASE), SlotKind.SHARES in kinds
    return WaysIn(file.generation, passphrases, openers, shares, file.anchor)


def unseal(home: Path, words: str) -> Opened:
    """The ring, by the passphrase or an opener's own password. Other words: ``Refused``, and nothing was changed."""
    file = label(home)
    with one_at_a_time:
        return vault_file.open_by_words(file, words)


def unseal_by_secret(home: Path, secret: bytes) -> Opened:
    """The ring, by the secret behind the shares."""
    return vault_file.open_by_secret(label(home), secret)


def demo_words(home: Path) -> str:
    """The words of a practice vault. For any other: ``Refused``."""
    if not label(home).demo:
        raise Refused("demo.not_practice")
    return (home / DEMO_KEY).read_text().strip()


def passphrase(home: Path, ring: Ring, words: str) -> int:
    """Put these words in the place of the passphrase there was; the new generation."""

    def change(file: VaultFile) -> VaultFile:
        slot = vault_file.passphrase_slot(file, ring, words, secrets.token_bytes)
        others = [each for each in file.slots if each.kind is not SlotKind.PASSPHRASE]
        return vault_file.renewed(file, ring, (slot, *others), secrets.token_bytes)

    with one_at_a_time:
        return _kept_beside(home, _changed(home, ring, change), words).generation


def opener_slot(
    home: Path,
    ring: Ring,
    keys: OfficerKeys,
    password: str,
    *,
    instead_of: bytes | None = None,
    known: Collection[bytes] | None = None,
) -> bytes:
    """A way in for an opener's own password, instead of the one there was; its id, 8 bytes.

    `known`: the slots that officers' rows name; an opener's that none of them names goes. The file first, then the
    officer's row: the other way round a crash would name a slot that is not there.
    """
    made: list[str] = []

    def change(file: VaultFile) -> VaultFile:
        slot = vault_file.opener_slot(file, ring, keys, password, secrets.token_bytes)
        made.append(slot.id)
        others = _without(file, instead_of, known)
        return vault_file.renewed(file, ring, (*others, slot), secrets.token_bytes)

    with one_at_a_time:
        _changed(home, ring, change)
    return bytes.fromhex(made[-1])


def shares_slot(home: Path, ring: Ring, secret: bytes) -> int:
    """Put a new set of shares in the place of the one there was; the new generation."""

    def change(file: VaultFile) -> VaultFile:
        slot = vault_file.shares_slot(file, ring, organisation.slot_public(secret, file.vault), secrets.token_bytes)
        others = [each for each in file.slots if each.kind is not SlotKind.SHARES]
        return vault_file.renewed(file, ring, (*others, slot), secrets.token_bytes)

    return _changed(home, ring, change).generation


def drop_slot(home: Path, ring: Ring, slot: bytes | None, *, known: Collection[bytes] | None = None) -> int:
    """Take a way in away, and every opener's that is not `known`. The last a person knows by heart stays: ``Refused``."""

    def change(file: VaultFile) -> VaultFile:
        left = _without(file, slot, known)
        if all(each.kind is SlotKind.SHARES for each in left):
            raise Refused("vault.last_opener")
        return vault_file.renewed(file, ring, left, secrets.token_bytes)

    return _changed(home, ring, change).generation


def _without(file: VaultFile, slot: bytes | None, known: Collection[bytes] | None) -> tuple[Slot, ...]:
    """The slots of the file but this one, and but openers' that nobody's row names."""
    named = None if known is None else {each.hex() for each in known}
    return tuple(
        each
        for each in file.slots
        if (slot is None or each.id != slot.hex())
        and (named is None or each.kind is not SlotKind.OPENER or each.id in named)
    )


def rotate_ring(home: Path, ring: Ring) -> int:
    """Draw the ring anew under the same ROOT. The running process goes on with the old one until it is opened again."""
    return _changed(home, ring, lambda file: rotation.of_ring(file, ring, secrets.token_bytes)[0]).generation


def rotate(home: Path, ring: Ring, *, words: str, opener: tuple[OfficerKeys, str] | None) -> Rotated:
    """A new ROOT and a new ring. Other openers' slots fall away, and are made again at their next sign-in."""
    made: list[str | None] = []

    def change(file: VaultFile) -> VaultFile:
        after, _, slot = rotation.of_root(file, ring, words, secrets.token_bytes, opener=opener)
        made.append(slot)
        return after

    with one_at_a_time:
        file = _kept_beside(home, _changed(home, ring, change), words)
    return Rotated(file.generation, bytes.fromhex(made[-1]) if made[-1] else None)


def settle(home: Path, ring: Ring, *names: str) -> Ring:
    """Nothing lies under the earlier keys of these names any more: forget them."""
    after = rotation.settled(ring, *names)
    if after.before != ring.before:
        _changed(home, ring, lambda file: vault_file.renewed(file, after, file.slots, secrets.token_bytes))
    return after


def keep_anchor(home: Path, ring: Ring, *, seq: int, head: bytes, at: int) -> None:
    """Write down how far the chronicle had come, signed, outside the database.

    The keys were drawn anew and the house was not opened since: ``Refused``, and the anchor before stands.
    """

    def change(file: VaultFile) -> VaultFile:
        anchor = anchors.sign(ring, file.vault, seq=seq, head=head, at=at)
        return vault_file.renewed(dataclasses.replace(file, anchor=anchor), ring, file.slots, secrets.token_bytes)

    _changed(home, ring, change)


def _changed(home: Path, ring: Ring, change: Callable[[VaultFile], VaultFile]) -> VaultFile:
    """The next state of the file. A ring that is not the file's any more would undo a rotation: ``Refused``."""
    with _writing:
        file = label(home)
        if not vault_file.carries(file, ring):
            raise Refused("vault.turned")
        after = change(file)
        _keep(home, after)
    return after


def _kept_beside(home: Path, file: VaultFile, words: str) -> VaultFile:
    """A practice vault's words lie beside it, the new ones too."""
    if file.demo:
        replace(home / DEMO_KEY, words.encode() + b"\n")
    return file


def _keep(home: Path, file: VaultFile) -> None:
    replace(home / NAME, vault_file.written(file))


def replace(path: Path, data: bytes) -> None:
    """Write a file so that after a crash either the old or the new one is there, whole, and only its owner reads it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
