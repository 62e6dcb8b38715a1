"""Facts as they were written, looked for by who, which area and when: for the audit page and its export."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Told:
    """One fact. `body` None: it was blanked."""

    seq: Seq
    kind: str
    actor: str
    recorded: Instant
    body: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """`areas`: which there are to find; of `guarded` ones only what somebody did, of the kinds `hidden` nothing.

    `until`: the last number to find. `somebody`: only what a person, a command or a program did, nothing that the house
    did by itself.
    """

    areas: Sequence[str]
    guarded: Sequence[str] = ()
    hidden: Collection[str] = ()
    somebody: bool = False
    actor: str | None = None
    since: Instant | None = None
    before: Instant | None = None
    until: Seq | None = None


def told(sought: Sought, *, newest_first: bool = False, at_most: int | None = None) -> Iterator[Told]:
    rows = Entry.objects.filter(_areas(sought.areas)).order_by("-seq" if newest_first else "seq")
    by_itself = Q(actor__startswith="house:") | Q(actor__startswith="channel:")
    if sought.somebody:
        rows = rows.exclude(by_itself)
    elif sought.guarded:
        rows = rows.exclude(_areas(sought.guarded) & by_itself)
    if sought.hidden:
        rows = rows.exclude(kind__in=sought.hidden)
    limits = {
        "actor": sought.actor,
        "recorded_ms__gte": sought.since,
        "recorded_ms__lt": sought.before,
        "seq__lte": sought.until,
    }
    rows = rows.filter(**{name: value for name, value in limits.items() if value is not None})
    for row in rows[:at_most] if at_most else rows.iterator(chunk_size=1_000):
        yield Told(Seq(row.seq), row.kind, row.actor, Instant(row.recorded_ms), row.body)


def _areas(names: Sequence[str]) -> Q:
    """Nothing, where no area is named."""
    found = Q(pk__in=())
    for name in names:
        found |= Q(kind__startswith=f"{name}.")
    return found
