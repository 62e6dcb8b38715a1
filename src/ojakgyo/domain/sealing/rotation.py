"""A new ring, and where it must be a new ROOT: what an opener who has left could open is closed to them.

ROOT cannot be sealed again under words that are not at hand. So the passphrase is a new one, the opener who rotates
types their password, the shares' slot needs only its public key, and the other openers' slots fall away until they next
sign in.
"""

from dataclasses import replace

from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import primitives, vault_file
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import KEYS, Before, Ring
from ojakgyo.domain.sealing.slots import Slot
from ojakgyo.domain.sealing.vault_file import Randomness, VaultFile


def of_ring(file: VaultFile, ring: Ring, randomness: Randomness) -> tuple[VaultFile, Ring]:
    """New keys under the same ROOT: every way in stays. What lies on old blocks of the disk loses its key."""
    after = Ring.drawn(ring.root, randomness, before=replaced(ring))
    return vault_file.renewed(file, after, file.slots, randomness), after


def of_root(
    file: VaultFile, ring: Ring, words: str, randomness: Randomness, *, opener: tuple[OfficerKeys, str] | None = None
) -> tuple[VaultFile, Ring, str | None]:
    """New keys under a new ROOT, opened by new words, by this opener's password, and by the shares. The opener's slot id."""
    after = Ring.drawn(randomness(primitives.KEY), randomness, before=replaced(ring))
    made: list[Slot] = [vault_file.passphrase_slot(file, after, words, randomness)]
    own = None
    if opener is not None:
        made.append(own := vault_file.opener_slot(file, after, *opener, randomness))
    for slot in file.slots:
        if slot.kind is SlotKind.SHARES:
            made.append(vault_file.shares_slot(file, after, slot.public, randomness))
    return vault_file.renewed(file, after, tuple(made), randomness), after, own.id if own else None


def settled(ring: Ring, *names: str) -> Ring:
    """The ring without the earlier keys of these names: nothing lies under them any more."""
    return replace(ring, before={name: keys for name, keys in ring.before.items() if name not in names})


def replaced(ring: Ring) -> Before:
    """The keys a new ring takes the place of, newest first, and those that still stood before them."""
    return {name: (getattr(ring, name), *ring.before.get(name, ())) for name in KEYS}
