"""What holds a call back besides windows and other hands: asked once for however many persons, the gravest first.

None of it follows from what a text said. Windows are kept, silences end and areas are heard by whatever came, "well" or
duress; the rest follows from what officers did.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.calls.values import Answer, Because, Word
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact.models import Outage, Silence, Window, WindowState
from ojakgyo.apps.contact.radio.queries import Running, running
from ojakgyo.apps.contact.signs import heard_since
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.models import Charge, Line, LineKind
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.checkins import calling
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Called, CallOutcome, CallReason, CallTakenBack, LineState, SilenceEnd, revive
from ojakgyo.domain.values.ids import AreaId
from ojakgyo.domain.values.instants import Instant

HEARD: Final = (SilenceEnd.HEARD, SilenceEnd.SEEN, SilenceEnd.AGREED)
"""After these somebody is silent no more."""

_GRAVE: Final = (CallReason.LIFE_AT_STAKE, CallReason.THEY_ASKED)
OPENS: Final[Mapping[Because, tuple[CallReason, ...]]] = {
    Because.WINDOW_COMES: _GRAVE,
    Because.NO_WINDOW: _GRAVE,
    Because.QUIET: _GRAVE,
    Because.RADIO_SILENCE: _GRAVE,
    Because.AREA_OUT: _GRAVE,
    Because.AREA_CALLED: _GRAVE,
    Because.RAN_OUT: _GRAVE,
    Because.FELL_SILENT: (CallReason.THEY_ASKED, CallReason.OTHER_LINE),
}
"""Which reasons open which answer. A line that fell silent is not called back to save a life: whoever has it would answer."""


NO_CALL: Final = frozenset(OPENS) - {Because.WINDOW_COMES, Because.NO_WINDOW, Because.QUIET} | {Because.KEPT_QUIET}
"""Under these an agreed line is no way either: it rings the same phone, in the same area."""


def opened_by(answer: Answer, lines: int) -> tuple[CallReason, ...]:
    """What may be said to call all the same. `lines`: how many of their phones are in use."""
    found = OPENS.get(answer.because, ()) if lines else ()
    return tuple(each for each in found if each is not CallReason.OTHER_LINE or lines > 1)


@dataclass(frozen=True, slots=True)
class Holds:
    """`ran_out`: whose phones have all run out, and since when. `rests`: areas called often lately, until when."""

    silent: frozenset[int]
    ran_out: Mapping[int, Instant]
    quiet: frozenset[int]
    radio: Running | None
    out: frozenset[AreaId]
    rests: Mapping[AreaId, Instant]
    areas: Mapping[int, AreaId]

    def on(self, person: int) -> Answer | None:
        """The gravest that holds back a call to one of those asked about."""
        area = self.areas.get(person)
        if person in self.silent:
            return Answer(Word.NO, Because.FELL_SILENT)
        if person in self.quiet:
            return Answer(Word.NO, Because.KEPT_QUIET)
        if person in self.ran_out:
            return Answer(Word.NO, Because.RAN_OUT, self.ran_out[person])
        if self.radio is not None:
            return Answer(Word.LATER, Because.RADIO_SILENCE, self.radio.until)
        if area in self.out:
            return Answer(Word.LATER, Because.AREA_OUT)
        if area in self.rests:
            return Answer(Word.LATER, Because.AREA_CALLED, self.rests[area])
        return None


def holds(desk: Desk, persons: Collection[int]) -> Holds:
    cells = network.cells_of(persons)
    at = {cell.id: cell.area for cell in vault.cells(desk)}
    areas = {person: at[cell] for person, cell in cells.items() if cell in at}
    return Holds(
        silent=fell_silent(persons),
        ran_out=_ran_out(desk, persons),
        quiet=_kept_quiet(persons),
        radio=running(desk),
        out=frozenset(AreaId(area) for area in Outage.objects.filter(until_ms=None).values_list("area", flat=True)),
        rests=_rests(desk, at),
        areas=areas,
    )


def fell_silent(persons: Collection[int]) -> frozenset[int]:
    """Who missed a window, its grace included, and was neither heard nor seen since: whoever holds the phone now waits
    for it to ring.
    """
    missed = dict(
        Window.objects.filter(person_id__in=persons, state=WindowState.MISSED)
        .order_by("closes_ms")
        .values_list("person_id", "closes_ms")
    )
    if not missed:
        return frozenset()
    heard: dict[int, int] = {}
    kept = Window.objects.filter(person_id__in=missed, heard_ms__isnull=False).values_list("person_id", "heard_ms")
    over = Silence.objects.filter(person_id__in=missed, why__in=HEARD).values_list("person_id", "ended_ms")
    for person, at in (*kept, *over):
        heard[person] = max(at, heard.get(person, 0))
    standing = frozenset(
        Silence.objects.filter(person_id__in=missed, ended_ms=None).values_list("person_id", flat=True)
    )
    unheard = {person: closed for person, closed in missed.items() if heard.get(person, -1) < closed}
    asked = {person: closed for person, closed in unheard.items() if person not in standing}
    return standing | (unheard.keys() - heard_since(asked))


def _kept_quiet(persons: Collection[int]) -> frozenset[int]:
    """Whose phones are none of them in use, and one is kept quiet."""
    states: dict[int, set[LineState]] = {}
    phones = Line.objects.filter(holder_id__in=persons, kind=LineKind.PHONE)
    for person, state in phones.values_list("holder_id", "state"):
        states.setdefault(person, set()).add(LineState(state))
    return frozenset(person for person, own in states.items() if LineState.QUIET in own and LineState.ACTIVE not in own)


def _ran_out(desk: Desk, persons: Collection[int]) -> dict[int, Instant]:
    """Whose phones in use have all run out; when the last of them did."""
    lines = Line.objects.filter(holder_id__in=persons, state=LineState.ACTIVE, kind=LineKind.PHONE)
    holder = dict(lines.values_list("pk", "holder_id"))
    ended = Charge.objects.filter(line_id__in=holder, expires_ms__lte=desk.now).values_list("line_id", "expires_ms")
    over = dict(ended)
    found: dict[int, Instant] = {}
    for line, person in holder.items():
        if line in over:
            found[person] = Instant(max(over[line], found.get(person, 0)))
    works = {person for line, person in holder.items() if line not in over}
    return {person: at for person, at in found.items() if person not in works}


def _rests(desk: Desk, at: Mapping[int, AreaId]) -> dict[AreaId, Instant]:
    """Areas that were called so often lately that the next call waits; a dead line was heard by nobody."""
    rows = Entry.objects.filter(
        kind__in=inbox.names((Called, CallTakenBack)),
        recorded_ms__gt=desk.now - calling.WITHIN_MS,
        body__isnull=False,
    )
    told = [(row.seq, Instant(row.recorded_ms), revive(row.kind, row.v, row.body)) for row in rows.order_by("seq")]
    gone = {fact.call for _, _, fact in told if isinstance(fact, CallTakenBack)}
    made = [
        (fact.person, when)
        for seq, when, fact in told
        if isinstance(fact, Called) and seq not in gone and fact.outcome is not CallOutcome.DEAD_LINE
    ]
    cells = network.cells_of({person for person, _ in made})
    calls: dict[AreaId, list[Instant]] = {}
    for person, when in made:
        if (cell := cells.get(person)) is not None and cell in at:
            calls.setdefault(at[cell], []).append(when)
    found = ((area, calling.rests_until(when, desk.now)) for area, when in calls.items())
    return {area: until for area, until in found if until is not None}
