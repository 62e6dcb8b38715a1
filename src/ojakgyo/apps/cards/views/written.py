"""Ids as they stand in an address; anything else is nothing."""

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId, PersonId


def card(written: str) -> CardId:
    return CardId(_number("k", written))


def person(written: str) -> PersonId:
    return PersonId(_number("p", written))


def _number(letter: str, written: str) -> int:
    try:
        return ids.parse_kind(letter, written)
    except ValueError:
        raise Refused("house.not_found") from None
