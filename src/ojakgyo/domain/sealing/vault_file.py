"""vault.json: the only thing readable while the vault is closed. A slot opens ROOT, ROOT the ring.

Version 2: JSON, keys sorted, indented by one, a new line at its end; bytes as lower-case hexadecimal. `sha256` is the
digest of the file without that field, and is checked before any key is derived. A file that is not byte for byte what
this module writes is damaged. The ring is bound to the slots, to the anchor and to `generation`, which counts the states
of the file: a slot or an anchor added, taken away or swapped by somebody without ROOT closes the ring. Version 1 had one
slot with a cost of its own and no more (`vault_file_v1`); it is read, and written as version 2.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import primitives, slots, vault_file_v1
from ojakgyo.domain.sealing.anchors import Anchor
from ojakgyo.domain.sealing.canon import Part, canon
from ojakgyo.domain.sealing.envelope import Key, Place, Secret, open_json, seal_json
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import KEYS, LINE_COST, Ring
from ojakgyo.domain.sealing.slots import Slot, Way, Words
from ojakgyo.domain.sealing.stretching import SALT, Cost

VERSION: Final = 2
LONGEST: Final = 1 << 16
_HEAD: Final = 32
_SIGNATURE: Final = 64
_FIRST_ID: Final = 4
"""Bytes of a slot's id in version 1."""
Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class VaultFile:
    """What vault.json holds: whose vault it is, whether a practice world, the ways in, and what only they open."""

    vault: str
    demo: bool
    cost: Cost
    salt: bytes
    slots: tuple[Slot, ...]
    ring: bytes
    generation: int = 1
    anchor: Anchor | None = None
    version: int = VERSION

    @property
    def words(self) -> Words:
        return Words(self.vault, self.demo, self.cost, self.salt)

    def place(self) -> Place:
        bound: tuple[Part, ...] = (int(self.demo), *LINE_COST.values())
        if self.version == VERSION:
            parts = [part for slot in self.slots for part in (slot.id, str(slot.kind), slot.sealed, slot.public)]
            anchor = (self.anchor.seq, self.anchor.head, self.anchor.at, self.anchor.signature) if self.anchor else ()
            slots, anchored = canon("slots", *parts), canon("anchor", *anchor)
            bound = (*bound, self.generation, hashlib.sha256(slots).digest(), hashlib.sha256(anchored).digest())
        return Place(self.vault, Table.RING, 0, Group.KEYS, bound=bound)


@dataclass(frozen=True, slots=True, repr=False)
class Opened(Secret):
    """The ring, by which slot it was opened, and that opener's own keys."""

    ring: Ring
    slot: str
    keys: OfficerKeys | None = None


def found(
    words: str, *, vault: str, demo: bool, cost: Cost, randomness: Randomness, shares: bytes | None = None
) -> tuple[VaultFile, Ring]:
    """A new vault: fresh keys, a slot that these words open, and one for shares (`shares`: its public key)."""
    root = Key(randomness(primitives.KEY))
    ring = Ring.drawn(root.raw, randomness)
    file = VaultFile(vault, demo, cost, randomness(SALT), (), b"", generation=0)
    made = [passphrase_slot(file, ring, words, randomness)]
    if shares is not None:
        made.append(shares_slot(file, ring, shares, randomness))
    return renewed(file, ring, tuple(made), randomness), ring


def passphrase_slot(file: VaultFile, ring: Ring, words: str, randomness: Randomness) -> Slot:
    """Stretches the words; not in the file yet."""
    key, id = file.words.key(words), randomness(slots.ID).hex()
    return slots.by_passphrase(file.words, key, Key(ring.root), id=id, nonce=randomness(primitives.NONCE))


def opener_slot(file: VaultFile, ring: Ring, keys: OfficerKeys, words: str, randomness: Randomness) -> Slot:
    """Stretches the opener's password; not in the file yet."""
    key, id = file.words.key(words), randomness(slots.ID).hex()
    return slots.by_opener(file.words, key, Key(ring.root), keys, id=id, nonce=randomness(primitives.NONCE))


def shares_slot(file: VaultFile, ring: Ring, public: bytes, randomness: Randomness) -> Slot:
    """A slot for the shares whose public key this is; not in the file yet."""
    return slots.by_shares(file.vault, public, Key(ring.root), id=randomness(slots.ID).hex())


def renewed(file: VaultFile, ring: Ring, made: tuple[Slot, ...], randomness: Randomness) -> VaultFile:
    """The next state of the file: these slots, and this ring sealed for them."""
    if sum(slot.kind is SlotKind.OPENER for slot in made) > slots.OPENERS:
        raise Refused("vault.too_many_openers")
    after = replace(file, slots=made, generation=file.generation + 1, version=VERSION)
    held: dict[str, Any] = {name: getattr(ring, name).hex() for name in KEYS}
    if ring.before:
        held["before"] = {name: [key.hex() for key in keys] for name, keys in sorted(ring.before.items()) if keys}
    sealed = seal_json(Key(ring.root), after.place(), held, nonce=randomness(primitives.NONCE))
    return replace(after, ring=sealed)


def open_by_words(file: VaultFile, typed: str) -> Opened:
    """One derivation, held against every slot. Other words: ``Refused``. A file changed after it was sealed: ``Damaged``."""
    key = file.words.key(typed)
    for slot in file.slots:
        if slot.kind is not SlotKind.SHARES:
            try:
                return _opened(file, slots.open_by_key(file.words, slot, key))
            except NotHeld:
                continue
    raise Refused("vault.wrong_passphrase")


def open_by_secret(file: VaultFile, secret: bytes) -> Opened:
    """By the secret behind the shares. No such slot: ``Refused``; of other shares: ``Refused``."""
    for slot in file.slots:
        if slot.kind is SlotKind.SHARES:
            try:
                return _opened(file, slots.open_by_secret(file.vault, slot, secret))
            except NotHeld:
                raise Refused("vault.shares_mixed") from None
    raise Refused("vault.slot_gone")


def carries(file: VaultFile, ring: Ring) -> bool:
    """Whether this very ring is sealed in the file; not so once the keys were drawn anew."""
    try:
        return _ring(file, Key(ring.root)) == ring
    except NotHeld:
        return False


def _opened(file: VaultFile, way: Way) -> Opened:
    try:
        return Opened(_ring(file, way.root), way.slot, way.keys)
    except NotHeld:
        raise Damaged("vault.damaged") from None


def _ring(file: VaultFile, root: Key) -> Ring:
    held = open_json(root, file.place(), file.ring)
    before = {name: tuple(map(bytes.fromhex, keys)) for name, keys in held.pop("before", {}).items()}
    return Ring(**{name: bytes.fromhex(held[name]) for name in KEYS}, root=root.raw, before=before)


def written(file: VaultFile) -> bytes:
    """The bytes of vault.json."""
    if file.version != VERSION:
        raise ValueError("only the newest version is written")
    kdf = {"name": "argon2id", **asdict(file.cost), "salt": file.salt.hex()}
    fields = {"v": VERSION, "vault": file.vault, "demo": file.demo, "generation": file.generation, "kdf": kdf}
    held = {"slots": [_slot_out(slot) for slot in file.slots], "ring": file.ring.hex(), "anchor": _out(file.anchor)}
    return encoded({**fields, **held, "line_index": {"name": "scrypt", **LINE_COST}})


def label(data: bytes) -> VaultFile:
    """What the file says without being opened, its digest and shape checked. Anything amiss: ``Damaged``."""
    try:
        fields = json.loads(data[:LONGEST])
        if not isinstance(fields, dict) or fields.pop("sha256", None) is None or encoded(fields) != data:
            raise ValueError
        if fields["v"] == 1:
            return _first(fields)
        file = _parsed(fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged("vault.damaged") from None
    if written(file) != data:
        raise Damaged("vault.damaged")
    return file


def _first(fields: dict[str, Any]) -> VaultFile:
    """A file of version 1, as a file of one slot."""
    old = vault_file_v1.parsed(fields)
    slot = Slot(_slot_id(old.slot, (_FIRST_ID,)), SlotKind.PASSPHRASE, old.root)
    return VaultFile(old.vault, old.demo, old.cost, old.salt, (slot,), old.ring, generation=0, version=1)


def _parsed(fields: dict[str, Any]) -> VaultFile:
    kdf, salt = fields["kdf"], bytes.fromhex(fields["kdf"]["salt"])
    generation, held = _counted(fields["generation"]), tuple(_slot_in(each) for each in fields["slots"])
    if len(salt) != SALT or type(fields["demo"]) is not bool or not held:
        raise ValueError
    cost = Cost(kdf["memory_kib"], kdf["rounds"], kdf["lanes"])
    ring, anchor = bytes.fromhex(fields["ring"]), _anchor_in(fields["anchor"])
    return VaultFile(text(fields["vault"]), fields["demo"], cost, salt, held, ring, generation, anchor)


def _slot_out(slot: Slot) -> dict[str, str]:
    public = {"public": slot.public.hex()} if slot.public else {}
    return {"id": slot.id, "kind": str(slot.kind), "sealed": slot.sealed.hex(), **public}


def _slot_in(fields: dict[str, str]) -> Slot:
    kind, public = SlotKind(fields["kind"]), bytes.fromhex(fields.get("public", ""))
    if (kind is SlotKind.SHARES) != (len(public) == primitives.KEY):
        raise ValueError
    return Slot(_slot_id(fields["id"]), kind, bytes.fromhex(fields["sealed"]), public)


def _out(anchor: Anchor | None) -> dict[str, int | str] | None:
    if anchor is None:
        return None
    return {"seq": anchor.seq, "head": anchor.head.hex(), "at": anchor.at, "signature": anchor.signature.hex()}


def _anchor_in(fields: dict[str, Any] | None) -> Anchor | None:
    if fields is None:
        return None
    head, signature = bytes.fromhex(fields["head"]), bytes.fromhex(fields["signature"])
    if (len(head), len(signature)) != (_HEAD, _SIGNATURE) or set(fields) != {"seq", "at", "head", "signature"}:
        raise ValueError
    return Anchor(_counted(fields["seq"]), head, _counted(fields["at"]), signature)


def _counted(value: object) -> int:
    """A whole number that a row of the database could hold too."""
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError
    return value


def _slot_id(value: object, lengths: tuple[int, ...] = (slots.ID, _FIRST_ID)) -> str:
    """Lower-case hexadecimal. A slot that came from version 1 keeps its short id."""
    raw = bytes.fromhex(text(value))
    if raw.hex() != value or len(raw) not in lengths:
        raise ValueError
    return text(value)


def text(value: object) -> str:
    if type(value) is not str:
        raise ValueError
    return value


def encoded(fields: dict[str, Any]) -> bytes:
    """The fields with their digest, as they stand in the file."""
    digest = hashlib.sha256(_json(fields)).hexdigest()
    return _json({**fields, "sha256": digest})


def _json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=True).encode() + b"\n"
