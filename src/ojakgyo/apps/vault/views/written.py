"""Ids, and what was done, as they stand in an address; anything else is a page that is not there."""

from django.http import Http404, HttpRequest

from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, OfficerId, TokenId


def officer(written: str) -> OfficerId:
    return OfficerId(_number("o", written))


def cell(written: str) -> CellId:
    return CellId(_number("c", written))


def request_id(written: str) -> TokenId:
    return TokenId(_number("t", written))


DONE = frozenset({"granted", "withdrawn", "epoch", "resumed", "suspended", "role", "signed", "taken_back"})


def done(request: HttpRequest) -> str | None:
    """What an act that led here says of itself; nothing that is not on the list."""
    said = request.GET.get("done")
    return said if said in DONE else None


def _number(letter: str, written: str) -> int:
    try:
        return ids.parse_kind(letter, written)
    except ValueError:
        raise Http404 from None
