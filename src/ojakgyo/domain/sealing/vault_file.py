"""vault.json: the only thing readable while the vault is closed. Words open a slot, the slot ROOT, ROOT the ring.

Version 1: JSON, keys sorted, indented by one, a new line at its end; bytes as lower-case hexadecimal. `sha256` is the
digest of the file without that field. A file that is not byte for byte what this module writes is damaged.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.envelope import Key, Place, open_json, open_sealed, seal, seal_json, subkey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.phrases import tidy
from ojakgyo.domain.sealing.ring import KEYS, LINE_COST, Ring
from ojakgyo.domain.sealing.stretching import SALT, Cost, stretch

VERSION: Final = 1
LONGEST: Final = 1 << 16
_BY_WORDS: Final = "passphrase"
Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to ROOT: words, stretched at a cost of their own."""

    id: str
    cost: Cost
    salt: bytes
    root: bytes

    def place(self, vault: str, *, demo: bool) -> Place:
        cost = (self.cost.memory_kib, self.cost.rounds, self.cost.lanes)
        return Place(vault, Table.SLOT, self.id, Group.KEYS, bound=(_BY_WORDS, int(demo), self.salt, *cost))


@dataclass(frozen=True, slots=True)
class VaultFile:
    """What vault.json holds: whose vault it is, whether a practice world, and what only the right words open."""

    vault: str
    demo: bool
    slot: Slot
    ring: bytes

    def place(self) -> Place:
        return Place(self.vault, Table.RING, 0, Group.KEYS, bound=(int(self.demo), *LINE_COST.values()))


def found(words: str, *, vault: str, demo: bool, cost: Cost, randomness: Randomness) -> tuple[VaultFile, Ring]:
    """A new vault: fresh keys, and one slot that these words open."""
    root = Key(randomness(primitives.KEY))
    ring = Ring(**{name: randomness(primitives.KEY) for name in KEYS})
    slot = _slot(root, words, vault=vault, demo=demo, cost=cost, randomness=randomness)
    empty = VaultFile(vault, demo, slot, b"")
    keys = {name: getattr(ring, name).hex() for name in KEYS}
    return replace(empty, ring=seal_json(root, empty.place(), keys, nonce=randomness(primitives.NONCE))), ring


def open_ring(file: VaultFile, words: str) -> Ring:
    """Other words: ``Refused``. A file changed after it was sealed: ``Damaged``."""
    key = _slot_key(file.slot, file.vault, words)
    try:
        root = Key(open_sealed(key, file.slot.place(file.vault, demo=file.demo), file.slot.root))
    except NotHeld:
        raise Refused("vault.wrong_passphrase") from None
    try:
        keys = open_json(root, file.place(), file.ring)
    except NotHeld:
        raise Damaged("vault.damaged") from None
    return Ring(**{name: bytes.fromhex(keys[name]) for name in KEYS})


def written(file: VaultFile) -> bytes:
    """The bytes of vault.json."""
    slot = {
        "id": file.slot.id,
        "kind": _BY_WORDS,
        "kdf": {"name": "argon2id", **asdict(file.slot.cost), "salt": file.slot.salt.hex()},
        "root": file.slot.root.hex(),
    }
    fields = {"v": VERSION, "vault": file.vault, "demo": file.demo, "slots": [slot], "ring": file.ring.hex()}
    return _bytes(fields | {"line_index": {"name": "scrypt", **LINE_COST}})


def label(data: bytes) -> VaultFile:
    """What the file says without being opened, its digest and shape checked. Anything amiss: ``Damaged``."""
    try:
        fields = json.loads(data[:LONGEST])
        if not isinstance(fields, dict) or fields.pop("sha256", None) is None or _bytes(fields) != data:
            raise ValueError
        file = _parsed(fields)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged("vault.damaged") from None
    if written(file) != data:
        raise Damaged("vault.damaged")
    return file


def _parsed(fields: dict[str, Any]) -> VaultFile:
    (slot,) = fields["slots"]
    kdf = slot["kdf"]
    cost = Cost(kdf["memory_kib"], kdf["rounds"], kdf["lanes"])
    salt, root, ring = (bytes.fromhex(each) for each in (kdf["salt"], slot["root"], fields["ring"]))
    if len(salt) != SALT or type(fields["demo"]) is not bool:
        raise ValueError
    return VaultFile(_text(fields["vault"]), fields["demo"], Slot(_text(slot["id"]), cost, salt, root), ring)


def _text(value: object) -> str:
    if type(value) is not str:
        raise ValueError
    return value


def _bytes(fields: dict[str, Any]) -> bytes:
    digest = hashlib.sha256(_json(fields)).hexdigest()
    return _json({**fields, "sha256": digest})


def _json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=True).encode() + b"\n"


def _slot(root: Key, words: str, *, vault: str, demo: bool, cost: Cost, randomness: Randomness) -> Slot:
    empty = Slot(randomness(4).hex(), cost, randomness(SALT), b"")
    key, place = _slot_key(empty, vault, words), empty.place(vault, demo=demo)
    return replace(empty, root=seal(key, place, root.raw, nonce=randomness(primitives.NONCE)))


def _slot_key(slot: Slot, vault: str, words: str) -> Key:
    return Key(subkey(stretch(tidy(words), slot.salt, slot.cost), Purpose.SLOT, vault))
