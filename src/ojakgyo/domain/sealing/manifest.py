"""The manifest of one part of a backup: of which vault, how far the chronicle had come, and the digest of each member.

JSON, keys sorted, indented by one, a new line at its end; bytes as lower-case hexadecimal, persons as written ids. What
is not byte for byte what this module writes is damaged.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId

VERSION: Final = 1
NAME: Final = "manifest.json"
NAMESPACE: Final = "ojakgyo-backup"


class Which(StrEnum):
    """The two parts: data is kept for long, of the keys only the newest; a name destroyed stays lost with the older keys."""

    DATA = "data"
    KEYS = "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`seq` and `head`: the newest fact in it; `generation`: of vault.json; `schema`: the migrations it stands on.

    `erased`: every person whose name was destroyed up to then; `members`: file name -> SHA-256.
    """

    part: Which
    vault: str
    number: int
    taken: int
    seq: int
    head: bytes
    generation: int
    schema: tuple[str, ...]
    erased: tuple[PersonId, ...] = ()
    members: tuple[tuple[str, bytes], ...] = ()


def of(manifest: Manifest, members: Mapping[str, bytes]) -> Manifest:
    """The manifest with the digests of these members."""
    digests = ((name, hashlib.sha256(data).digest()) for name, data in members.items())
    return replace(manifest, members=tuple(sorted(digests)))


def written(manifest: Manifest) -> bytes:
    fields = {
        "v": VERSION,
        "part": str(manifest.part),
        "vault": manifest.vault,
        "number": manifest.number,
        "taken_ms": manifest.taken,
        "seq": manifest.seq,
        "head": manifest.head.hex(),
        "generation": manifest.generation,
        "schema": list(manifest.schema),
        "erased": [ids.text("p", person) for person in manifest.erased],
        "members": {name: digest.hex() for name, digest in manifest.members},
    }
    return json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=True).encode() + b"\n"


def parsed(data: bytes) -> Manifest:
    """Anything amiss: ``Damaged``."""
    try:
        found = _parsed(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged("vault.backup_damaged") from None
    if written(found) != data:
        raise Damaged("vault.backup_damaged")
    return found


def _parsed(fields: dict[str, Any]) -> Manifest:
    return Manifest(
        part=Which(fields["part"]),
        vault=fields["vault"],
        number=_number(fields["number"]),
        taken=_number(fields["taken_ms"]),
        seq=_number(fields["seq"]),
        head=bytes.fromhex(fields["head"]),
        generation=_number(fields["generation"]),
        schema=tuple(fields["schema"]),
        erased=tuple(PersonId(ids.parse_kind("p", person)) for person in fields["erased"]),
        members=tuple((name, bytes.fromhex(digest)) for name, digest in sorted(fields["members"].items())),
    )


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError
    return value
