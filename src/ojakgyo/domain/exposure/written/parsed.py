"""JSON as it was written, looked at value by value: what is wrong is named by where it stands, such as `links[3].law`."""

import json
from collections.abc import Mapping, Sequence
from math import inf, isfinite
from typing import Any, Final, NoReturn, TypeAlias

from ojakgyo.domain.errors import Refused

Document: TypeAlias = Any
"""What a JSON text holds: lists and objects of texts, numbers, true, false and null."""
LARGEST: Final = (1 << 63) - 1
_SHOWN: Final = 40


def parsed(text: str) -> Document:
    """The document a text is. No number may be NaN or infinite, and no key may stand twice: ``Refused``."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refused("network.file_unreadable", line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):
        raise Refused("network.file_unreadable") from None  # a number of thousands of digits, lists within lists


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        keys = [key for key, _ in pairs]
        raise Refused("network.file_twice", at=shown(next(key for key in keys if keys.count(key) > 1)))
    return held


def _no_number(written: str) -> NoReturn:
    raise Refused("network.file_number", at=written)


def shown(key: str) -> str:
    """A key of somebody's file, fit for a terminal."""
    return key if key.isidentifier() and key.isascii() and len(key) <= _SHOWN else "?"


class Object:
    """One object of a document. A key it may not have, or a value of another kind: ``Refused``, naming the place."""

    __slots__ = ("at", "raw")

    def __init__(self, raw: Document, at: str, known: frozenset[str]) -> None:
        if type(raw) is not dict:
            raise Refused("network.file_kind", at=at or "file")
        self.raw: Mapping[str, Any] = raw
        self.at = at
        if not raw.keys() <= known:
            raise Refused("network.file_key", at=self.place(shown(min(raw.keys() - known))))

    def place(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key

    def has(self, key: str) -> bool:
        return key in self.raw

    def number(self, key: str, *, least: float = -inf, most: float = inf, default: float | None = None) -> float:
        if default is not None and key not in self.raw:
            return default
        return _number(self._given(key), self, key, least, most)

    def numbers(self, key: str, *, least: float = -inf, most: float = inf) -> tuple[float, ...]:
        listed = enumerate(self.items(key))
        return tuple(_number(each, self, f"{key}[{place}]", least, most) for place, each in listed)

    def whole(self, key: str, *, most: int = LARGEST, default: int | None = None) -> int:
        """Not below 0."""
        if default is not None and key not in self.raw:
            return default
        return whole(self._given(key), most, self.at, key)

    def flag(self, key: str) -> bool:
        """False unless said."""
        found = self.raw.get(key, False)
        if type(found) is not bool:
            raise Refused("network.file_kind", at=self.place(key))
        return found

    def word(self, key: str) -> str:
        found = self._given(key)
        if type(found) is not str:
            raise Refused("network.file_kind", at=self.place(key))
        return found

    def items(self, key: str) -> list[Any]:
        found = self._given(key)
        if type(found) is not list:
            raise Refused("network.file_kind", at=self.place(key))
        return found

    def _given(self, key: str) -> Any:
        try:
            return self.raw[key]
        except KeyError:
            raise Refused("network.file_lacks", at=self.place(key)) from None


def whole(found: Any, most: int, at: str, key: str) -> int:
    if type(found) is not int:
        raise Refused("network.file_kind", at=f"{at}.{key}" if at else key)
    if not 0 <= found <= most:
        raise Refused("network.file_number", at=f"{at}.{key}" if at else key)
    return found


def _number(found: Any, held: Object, key: str, least: float, most: float) -> float:
    if type(found) is not float and type(found) is not int:  # true is no number
        raise Refused("network.file_kind", at=held.place(key))
    try:
        told = float(found)
    except OverflowError:
        told = inf
    if not (isfinite(told) and least <= told <= most):
        raise Refused("network.file_number", at=held.place(key))
    return told
