"""Slots: the ways to ROOT. Words of the team, an opener's own password, or enough shares.

All slots opened by words share one cost and one salt: what is typed is stretched once and held against each of them by
its key's id. An opener's slot holds the opener's own keys too, so that one derivation opens the house and sits down.
The slot of the shares is wrapped for a public key: it can be made anew when ROOT is, and nobody needs the paper for it.
"""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import organisation, primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import Key, Place, Secret, open_json, open_sealed, seal, seal_json, subkey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.phrases import tidy
from ojakgyo.domain.sealing.stretching import Cost, stretch
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import OfficerId

ID: Final = 8
"""Bytes of a slot's id, written as hexadecimal."""
OPENERS: Final = 5
"""At most so many: each is a password that can be tried without the house."""


@dataclass(frozen=True, slots=True)
class Words:
    """What every slot opened by words lies under: the vault, the cost, the salt."""

    vault: str
    demo: bool
    cost: Cost
    salt: bytes

    def key(self, typed: str) -> Key:
        """Stretches what was typed: seconds, and the memory of the cost."""
        return Key(subkey(stretch(tidy(typed), self.salt, self.cost), Purpose.SLOT, self.vault))

    def place(self, slot: str, kind: SlotKind) -> Place:
        cost = (self.cost.memory_kib, self.cost.rounds, self.cost.lanes)
        bound = (str(kind), int(self.demo), self.salt, *cost)
        return Place(self.vault, Table.SLOT, slot, Group.KEYS, bound=bound)


@dataclass(frozen=True, slots=True)
class Slot:
    """`public`: the key that a slot of shares is wrapped for; empty for the others."""

    id: str
    kind: SlotKind
    sealed: bytes
    public: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class Way(Secret):
    """What a slot led to: ROOT, and an opener's own keys."""

    slot: str
    root: Key
    keys: OfficerKeys | None = None


def by_passphrase(words: Words, key: Key, root: Key, *, id: str, nonce: bytes) -> Slot:
    place = words.place(id, SlotKind.PASSPHRASE)
    return Slot(id, SlotKind.PASSPHRASE, seal(key, place, root.raw, nonce=nonce))


def by_opener(words: Words, key: Key, root: Key, keys: OfficerKeys, *, id: str, nonce: bytes) -> Slot:
    fields = {
        "root": root.raw.hex(),
        "officer": ids.text("o", keys.officer),
        "exchange": keys.exchange.hex(),
        "signing": keys.signing.hex(),
    }
    place = words.place(id, SlotKind.OPENER)
    return Slot(id, SlotKind.OPENER, seal_json(key, place, fields, nonce=nonce))


def by_shares(vault: str, public: bytes, root: Key, *, id: str) -> Slot:
    """`public`: of `organisation.slot_private`."""
    return Slot(id, SlotKind.SHARES, primitives.wrap_for(public, root.raw, _info(vault, id)), public)


def open_by_key(words: Words, slot: Slot, key: Key) -> Way:
    """Another key: ``NotHeld``. Changed: ``Damaged``."""
    place = words.place(slot.id, slot.kind)
    if slot.kind is SlotKind.PASSPHRASE:
        return Way(slot.id, Key(open_sealed(key, place, slot.sealed)))
    fields = open_json(key, place, slot.sealed)
    officer = OfficerId(ids.parse_kind("o", fields["officer"]))
    keys = OfficerKeys(officer, bytes.fromhex(fields["exchange"]), bytes.fromhex(fields["signing"]))
    return Way(slot.id, Key(bytes.fromhex(fields["root"])), keys)


def open_by_secret(vault: str, slot: Slot, secret: bytes) -> Way:
    """The slot of the shares. The secret of other shares: ``NotHeld``. Changed: ``Damaged``."""
    private = organisation.slot_private(secret, vault)
    if primitives.exchange_public(private) != slot.public:
        raise NotHeld(table=Table.SLOT)
    try:
        return Way(slot.id, Key(primitives.unwrap(private, slot.sealed, _info(vault, slot.id))))
    except (primitives.Unsound, ValueError):
        raise Damaged("vault.damaged", table=Table.SLOT) from None


def _info(vault: str, id: str) -> bytes:
    return canon("slot", vault, id, str(SlotKind.SHARES))
