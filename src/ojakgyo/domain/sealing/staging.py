"""What an officer has read in and not yet applied: opened by that officer's own keys, and by nobody else's."""

from ojakgyo.domain.sealing.envelope import Key, Place, subkey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values.ids import BatchId


def key(keys: OfficerKeys, vault: str, batch: BatchId) -> Key:
    """Derived from the officer's private half: no row holds it, and new keys of the officer do not bring it back."""
    return Key(subkey(keys.exchange, Purpose.STAGED, vault, keys.officer, batch))


def place(keys: OfficerKeys, vault: str, batch: BatchId) -> Place:
    """Where the content belongs: this batch, of this officer."""
    return Place(vault, Table.BATCH, batch, Group.CONTENT, bound=(keys.officer,))
