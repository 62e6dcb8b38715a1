"""vault.json of version 1: one slot opened by words. Read for ever, written no more."""

from dataclasses import dataclass
from typing import Any

from ojakgyo.domain.sealing.ring import LINE_COST
from ojakgyo.domain.sealing.stretching import SALT, Cost


@dataclass(frozen=True, slots=True)
class First:
    vault: str
    demo: bool
    slot: str
    cost: Cost
    salt: bytes
    root: bytes
    ring: bytes


def parsed(fields: dict[str, Any]) -> First:
    """Whatever version 1 did not write: ``ValueError``, ``KeyError`` or ``TypeError``."""
    (slot,) = fields["slots"]
    kdf = slot["kdf"]
    cost = Cost(kdf["memory_kib"], kdf["rounds"], kdf["lanes"])
    salt, root, ring = (bytes.fromhex(each) for each in (kdf["salt"], slot["root"], fields["ring"]))
    if len(salt) != SALT or type(fields["demo"]) is not bool or type(fields["vault"]) is not str:
        raise ValueError
    first = First(fields["vault"], fields["demo"], slot["id"], cost, salt, root, ring)
    if _fields(first) != fields:
        raise ValueError
    return first


def _fields(first: First) -> dict[str, Any]:
    cost = {"memory_kib": first.cost.memory_kib, "rounds": first.cost.rounds, "lanes": first.cost.lanes}
    kdf = {"name": "argon2id", **cost, "salt": first.salt.hex()}
    slot = {"id": first.slot, "kind": "passphrase", "kdf": kdf, "root": first.root.hex()}
    fields = {"v": 1, "vault": first.vault, "demo": first.demo, "slots": [slot], "ring": first.ring.hex()}
    return fields | {"line_index": {"name": "scrypt", **LINE_COST}}
