"""Facts that have come in, each reader from its own bookmark; rows that have fallen due."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from ojakgyo.apps.chronicle.duties import BATCH, ROTA, DueDuty, Duty
from ojakgyo.apps.chronicle.models import Bookmark, Due, DueState, Entry, Head
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values.actors import Actor
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Taken:
    """One fact as a reader gets it, revived only when it is worked up: one that cannot be harms no other."""

    seq: Seq
    kind: str
    v: int
    body: bytes | None
    recorded: Instant

    @property
    def fact(self) -> Fact | None:
        """None where its body was blanked, or of a version this house does not know."""
        return None if self.body is None else facts.revive(self.kind, self.v, self.body)


def names(kinds: Sequence[type[Fact]]) -> list[str]:
    return [kind.kind for kind in kinds]


def head() -> Seq:
    return Seq(Head.objects.values_list("seq", flat=True).get(only=1))


def bookmark(duty: Duty) -> Seq:
    """How far this reader has read; a new one begins at the beginning or now, as it declared."""
    mark, _ = Bookmark.objects.get_or_create(
        reader=duty.name, defaults={"seq": 0 if duty.since == "beginning" else head()}
    )
    return Seq(mark.seq)


def take(duty: Duty, after: Seq) -> list[Taken]:
    """The next facts of the kinds this reader declared, oldest first, at most a batch."""
    rows = Entry.objects.filter(kind__in=names(duty.kinds), seq__gt=after).order_by("seq")[:BATCH]
    return [Taken(Seq(row.seq), row.kind, row.v, row.body, row.recorded_ms) for row in rows]


def move(duty: Duty, *, before: Seq, to: Seq) -> bool:
    """Compare and set: False if somebody else has moved this bookmark."""
    return Bookmark.objects.filter(reader=duty.name, seq=before).update(seq=to) == 1


def last_of(kinds: Sequence[type[Fact]]) -> Seq:
    """Number of the newest fact of these kinds, 0 if there is none."""
    return Seq(Entry.objects.filter(kind__in=names(kinds)).aggregate(last=Max("seq"))["last"] or 0)


def fallen_due(duty: DueDuty, now: Instant) -> list[Due]:
    rows = Due.objects.filter(kind=duty.kind, state=DueState.WAITING, due_ms__lte=now, leased_until_ms__lte=now)
    return list(rows.order_by("due_ms")[:BATCH])


def claim(row: Due) -> bool:
    """Take a due row in the transaction that acts on it: False if another has."""
    return Due.objects.filter(pk=row.pk, state=DueState.WAITING, tries=row.tries).update(state=DueState.DONE) == 1


def areas_after(seq: Seq) -> tuple[Seq, frozenset[str]]:
    """The newest fact, and the areas of all facts after `seq`."""
    rows = list(Entry.objects.filter(seq__gt=seq).order_by("seq").values_list("seq", "kind"))
    return (Seq(rows[-1][0]) if rows else seq), frozenset(kind.partition(".")[0] for _, kind in rows)


def last_recorded() -> Instant:
    """When the newest fact was recorded; 0 before the first."""
    return Instant(Entry.objects.order_by("-seq").values_list("recorded_ms", flat=True).first() or 0)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as a timeline shows it."""

    seq: Seq
    fact: Fact
    actor: Actor
    recorded: Instant


def mentioning(written_ids: Sequence[str], *, kinds: Sequence[type[Fact]], at_most: int) -> list[Told]:
    """The newest facts of these kinds that name one of these ids, newest first."""
    sought = [written.encode() for written in written_ids]
    rows = Entry.objects.filter(kind__in=names(kinds), body__isnull=False).order_by("-seq")
    found: list[Told] = []
    for row in rows.iterator(chunk_size=500):
        if any(each in row.body for each in sought) and (fact := facts.revive(row.kind, row.v, row.body)):
            found.append(Told(Seq(row.seq), fact, Actor.parse(row.actor), Instant(row.recorded_ms)))
            if len(found) == at_most:
                break
    return found


def readers_are_behind() -> bool:
    """Whether a reader has facts before it that it has not worked up."""
    marks = dict(Bookmark.objects.values_list("reader", "seq"))
    return any(last_of(duty.kinds) > marks.get(duty.name, 0) for duty in ROTA.readers)


def is_behind(now: Instant) -> bool:
    """Whether a reader is behind, or something has fallen due and is not done."""
    return readers_are_behind() or Due.objects.filter(state=DueState.WAITING, due_ms__lte=now).exists()
