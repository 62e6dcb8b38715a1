"""Facts as bytes and back: UTF-8 JSON, keys sorted, no blanks; ids as written ids, enums by value."""

import json
import types
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from ojakgyo.domain.facts.declaring import KINDS, Fact
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LinkId, PlaceId

ID_LETTERS: Final[dict[Any, str]] = {**ids.LETTER_OF, PlaceId: "g", LinkId: "e"}
Plain = dict[str, str | int | bool | None]
Upcaster = Callable[[Plain], Plain]
UPCASTERS: Final[dict[tuple[str, int], Upcaster]] = {}


def upcaster(kind: str, v: int) -> Callable[[Upcaster], Upcaster]:
    """Register the pure function from the fields of (kind, v) to those of (kind, v + 1)."""

    def register(change: Upcaster) -> Upcaster:
        UPCASTERS[kind, v] = change
        return change

    return register


Shape = dict[str, tuple[Any, bool]]
"""Field name -> (its type, may be null)."""


_SHAPES: Final[dict[type[Fact], Shape]] = {}


def shape(cls: type[Fact]) -> Shape:
    if cls not in _SHAPES:
        hints = get_type_hints(cls)
        _SHAPES[cls] = {field.name: _plain_type(hints[field.name]) for field in fields(cls)}
    return _SHAPES[cls]


def _plain_type(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    return next(arg for arg in get_args(hint) if arg is not types.NoneType), True


def _plain(kind: Any, value: Any) -> str | int | bool | None:
    if value is None:
        return None
    if kind in ID_LETTERS:
        return ids.text(ID_LETTERS[kind], value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str(kind(value).value)
    return bool(value) if kind is bool else int(value)


def _value(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if kind in ID_LETTERS:
        return ids.parse_kind(ID_LETTERS[kind], plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain


def plain(said: Fact) -> Plain:
    """The fields as JSON values, ids written out."""
    return {name: _plain(kind, getattr(said, name)) for name, (kind, _) in shape(type(said)).items()}


def body(said: Fact) -> bytes:
    return json.dumps(plain(said), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def stored_fields(stored: bytes) -> Plain:
    """The fields of a stored body as they were written."""
    held: Plain = json.loads(stored)
    return held


def revive(kind: str, v: int, stored: bytes) -> Fact | None:
    """The fact that a stored body is, brought up to the newest version; None where this version does not know it."""
    held = stored_fields(stored)
    while (kind, v) in UPCASTERS:
        held, v = UPCASTERS[kind, v](held), v + 1
    cls = KINDS.get((kind, v))
    if cls is None:
        return None
    return cls(**{name: _value(of, held.get(name)) for name, (of, _) in shape(cls).items()})
