"""Verify the chain from the first fact to the head, redact a body, and read facts out again."""

from collections.abc import Iterator
from dataclasses import dataclass

from ojakgyo.apps.chronicle.models import Entry, Head
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.facts import Fact, Plain
from ojakgyo.domain.sealing import chain
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Written:
    """One fact as it is written. `fields` is None where it was blanked; `known` False where this version has no such kind."""

    seq: Seq
    kind: str
    v: int
    actor: str
    recorded: Instant
    fields: Plain | None
    known: bool


Row = tuple[int, str, int, str, int, bytes | None, bytes | None, bytes, bytes]
_COLUMNS = ("seq", "kind", "v", "actor", "recorded_ms", "salt", "body", "inner", "hash")


def verify() -> Seq:
    """Number of the last fact of a chain that holds; else `Damaged` naming the first fact that does not."""
    before, count = chain.START, 0
    rows: Iterator[Row] = Entry.objects.order_by("seq").values_list(*_COLUMNS).iterator(chunk_size=1_000)
    while (row := _next(rows, count + 1)) is not None:
        count += 1
        before = _linked(row, count, before)
    head = Head.objects.get(only=1)
    if (head.seq, head.hash) != (count, before):
        raise Damaged("chronicle.damaged", seq=count)
    return Seq(count)


def _next(rows: Iterator[Row], number: int) -> Row | None:
    try:
        return next(rows, None)
    except (TypeError, ValueError):  # a column holds what the program never writes, such as a text where bytes belong
        raise Damaged("chronicle.damaged", seq=number) from None


def _linked(row: Row, number: int, before: bytes) -> bytes:
    """The head of the chain after this fact."""
    seq, kind, v, actor, recorded_ms, salt, body, inner, after = row
    blank = body is None and salt is None
    try:
        whole = blank or (body is not None and salt is not None and chain.inner(salt, body) == inner)
        link = chain.link(seq, kind, v, actor, recorded_ms, inner, before)
    except (TypeError, ValueError, OverflowError):
        raise Damaged("chronicle.damaged", seq=number) from None
    if seq != number or not whole or link != after:
        raise Damaged("chronicle.damaged", seq=number)
    return after


def head() -> tuple[Seq, bytes]:
    """Number and digest of the newest fact."""
    row = Head.objects.get(only=1)
    return Seq(row.seq), row.hash


def holds(seq: int, digest: bytes) -> bool:
    """Whether the chain has a fact of this number with this digest; number 0 is its beginning."""
    if seq == 0:
        return digest == chain.START
    return Entry.objects.filter(seq=seq, hash=digest).exists()


def redact(seq: Seq) -> None:
    """Blank what a fact said; that it was said, by whom and when stays, and so does the chain. Inside a transaction."""
    Entry.objects.filter(seq=seq).update(body=None, salt=None)


def since(seq: int) -> Iterator[Written]:
    """Facts after `seq`, oldest first."""
    for row in Entry.objects.filter(seq__gt=seq).order_by("seq").iterator(chunk_size=1_000):
        known = (row.kind, row.v) in facts.KINDS or (row.kind, row.v) in facts.UPCASTERS
        fields = None if row.body is None else facts.stored_fields(row.body)
        yield Written(Seq(row.seq), row.kind, row.v, row.actor, row.recorded_ms, fields, known)


def every(kind: type[Fact]) -> Iterator[Fact]:
    """All facts of one kind, oldest first, as this version knows them; blanked ones say nothing."""
    for row in Entry.objects.filter(kind=kind.kind, body__isnull=False).order_by("seq").iterator(chunk_size=1_000):
        if (fact := facts.revive(row.kind, row.v, row.body)) is not None:
            yield fact


def unknown_kinds() -> list[tuple[str, int, int]]:
    """(kind, v, how many) of facts that this version does not know."""
    found: dict[tuple[str, int], int] = {}
    for kind, v in Entry.objects.values_list("kind", "v"):
        if (kind, v) not in facts.KINDS and (kind, v) not in facts.UPCASTERS:
            found[kind, v] = found.get((kind, v), 0) + 1
    return [(kind, v, count) for (kind, v), count in sorted(found.items())]
