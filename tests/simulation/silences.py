"""What must hold of silences, areas, radio silences and the calls for them: told again from the facts alone.

`History` replays the chronicle: what every silence, area and radio silence was at each fact, whatever the rows say now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ojakgyo.apps.alerts.models import Wake, WakeState
from ojakgyo.apps.alerts.ways import is_loud
from ojakgyo.apps.chronicle.models import Bookmark, Due, DueState
from ojakgyo.apps.contact.models import Miss, Outage, RadioSilence, Silence, Window, WindowState
from ojakgyo.apps.contact.outages.queries import LATELY_MS, expected_lately
from ojakgyo.apps.contact.silences.duties import SEEN
from ojakgyo.apps.contact.silences.queries import LOOK_AGAIN_MS, silences, window_of
from ojakgyo.apps.contact.silences.standing import BEGINS, COMES_BACK, GROWS
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import areas, missing, radio, stages
from ojakgyo.domain.checkins.areas import Expected
from ojakgyo.domain.checkins.sureness import NOBODYS
from ojakgyo.domain.values.ids import AreaId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.waking import keeps_still
from simulation.founding import PEOPLE, QUIET
from simulation.invariants import always, doubled, healed, told, waiting
from simulation.running import Run

HEARD: Final = (
    facts.WindowKept,
    facts.MessageRead,
    facts.HeardWithoutCard,
    facts.HeardThrough,
    facts.ChallengeAnswered,
    facts.QuestionAnswered,
)
LADDER: Final = (facts.SilenceBegun, facts.SilenceGrown, facts.SilenceTaken, facts.SilenceForgotten, facts.SilenceEnded)


@dataclass(slots=True)
class Told:
    """One silence as the facts tell it. `called`: rounds of calls; `causes`: how often somebody was to be called."""

    person: int
    begun: int
    stage: int = 0
    officer: int | None = None
    ended: int | None = None
    why: Any = None
    called: int = 0
    causes: int = 0
    last_cause: int = 0
    last_call: int = 0


@dataclass(slots=True)
class History:
    silences: dict[int, Told] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    still: tuple[int, int] | None = None
    """The last radio silence: since which instant, until which."""
    out: set[int] = field(default_factory=set)
    heard: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Person -> number of a fact by which they were heard, and as of when."""
    kept: dict[int, int] = field(default_factory=dict)
    missed: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Window -> number of the fact that it was missed, and when that was recorded."""


def history(run: Run) -> History:
    """All of it, from the beginning; what it tells against itself is `wrong`."""
    told(run)
    found, cell_of = History(), {run.founded.persons[who]: cell for who, cell in PEOPLE.items()}
    before = 0
    for seq, fact, _, recorded in run.ledger:
        if recorded < before:
            found.wrong.append(f"fact {seq} was recorded before the one before it")
        before = recorded
        if isinstance(fact, LADDER):
            _silence(found, run.areas.get(cell_of[fact.person]), seq, fact, recorded)
        elif isinstance(fact, facts.SilenceCallDue):
            _call(found, seq, fact)
        elif isinstance(fact, facts.WindowMissed):
            found.missed[fact.window] = seq, recorded
        elif isinstance(fact, facts.RadioSilenceBegun):
            found.still = recorded, fact.until
        elif isinstance(fact, facts.RadioSilenceEnded):
            found.still = None
        elif isinstance(fact, facts.AreaSilent | facts.AreaHeard):
            _area(found, seq, fact)
        if isinstance(fact, HEARD) and fact.person is not None and getattr(fact, "result", None) not in NOBODYS:
            found.heard.setdefault(fact.person, []).append((seq, fact.told or recorded))
        if isinstance(fact, facts.WindowKept):
            found.kept[fact.window] = seq
    return found


def _silence(found: History, area: int | None, seq: int, fact: Any, recorded: int) -> None:
    one = found.silences.get(fact.window)
    if isinstance(fact, facts.SilenceBegun):
        if one is not None:
            found.wrong.append(f"the silence of {fact.window} began twice")
        one = found.silences[fact.window] = Told(fact.person, seq)
    elif one is None or one.ended is not None:
        found.wrong.append(f"fact {seq} is about a silence that is over")
        return
    if isinstance(fact, facts.SilenceGrown):
        if fact.stage != one.stage + 1:
            found.wrong.append(f"stage {fact.stage} of {fact.window} follows {one.stage}")
        one.stage, one.officer = fact.stage, None
    elif isinstance(fact, facts.SilenceTaken):
        one.officer = fact.officer
    elif isinstance(fact, facts.SilenceForgotten):
        one.officer = None
    elif isinstance(fact, facts.SilenceEnded):
        one.ended, one.why = seq, fact.why
    if isinstance(fact, facts.SilenceGrown | facts.SilenceForgotten):
        one.causes, one.last_cause = one.causes + 1, seq
    if isinstance(fact, facts.SilenceBegun | facts.SilenceGrown | facts.SilenceForgotten):
        if found.still is not None and found.still[0] <= recorded < found.still[1]:
            found.wrong.append(f"fact {seq} blames somebody in a radio silence")
        if area in found.out:
            found.wrong.append(f"fact {seq} blames somebody of an area that is silent as a whole")


def _call(found: History, seq: int, fact: facts.SilenceCallDue) -> None:
    one = found.silences[fact.window]
    if one.ended is not None or one.officer is not None:
        found.wrong.append(f"fact {seq} calls for a silence that is over or in hand")
    one.called, one.last_call = one.called + 1, seq
    if fact.round != one.called:
        found.wrong.append(f"call {fact.round} for {fact.window} is the {one.called}th")
    if one.called > one.causes:
        found.wrong.append(f"{one.called} calls for {fact.window}, for {one.causes} causes")


def _area(found: History, seq: int, fact: facts.AreaSilent | facts.AreaHeard) -> None:
    silent = isinstance(fact, facts.AreaSilent)
    if silent is (fact.area in found.out):
        found.wrong.append(f"fact {seq} says of an area what it was")
    if isinstance(fact, facts.AreaSilent) and not (fact.silent >= areas.FEWEST_SILENT and 2 * fact.silent > fact.of):
        found.wrong.append(f"an area is out for {fact.silent} of {fact.of}")
    found.out ^= {fact.area}


@always
def silences_go_step_by_step(run: Run, over: bool) -> Iterator[str]:
    """Each stage once and in its order, nothing after the end, no one blamed in a radio silence or for an area, no call
    for what is over, in hand or without a cause; and the rows say what the facts say.
    """
    run.history = found = history(run)
    yield from found.wrong
    rows = {row.pk: row for row in Silence.objects.select_related("window")}
    if set(rows) != set(found.silences):
        yield "rows and facts differ"
    for window, one in found.silences.items():
        row = rows[window]
        if (row.stage, row.officer, row.why) != (one.stage, one.officer, one.why):
            yield f"the silence of {window} is {row.stage} {row.officer} {row.why}, and was {one}"
        if (row.ended_ms is None) is not (one.ended is None) or (row.why is None) is not (row.ended_ms is None):
            yield f"the silence of {window} has an end without a reason, or a reason without an end"
    if set(Outage.objects.filter(until_ms=None).values_list("area", flat=True)) != found.out:
        yield "areas that are out and facts differ"
    yield from (f"{area} is out twice" for area in doubled(_standing_areas()))


def _standing_areas() -> list[int]:
    return list(Outage.objects.filter(until_ms=None).values_list("area", flat=True))


@always
def no_silence_is_lost_or_doubled(run: Run, over: bool) -> Iterator[str]:
    """A missed window has its silence, or waits on the list, or is explained; or they were heard or seen, or had another."""
    found, waits = run.history, waiting()
    opened = [one.person for one in found.silences.values() if one.ended is None]
    yield from (f"two stand about {person}" for person in doubled(opened))
    read = Bookmark.objects.filter(reader="contact.begin_silence").values_list("seq", flat=True).first() or 0
    rows = {row.pk: row for row in Window.objects.filter(state=WindowState.MISSED)}
    for window, (seq, _) in found.missed.items():
        if seq > read or window in found.silences or f"{BEGINS}:{window}" in waits:
            continue
        row = rows[window]
        others = [one for one in found.silences.values() if one.person == row.person_id]
        if any(one.ended is None or one.ended > seq for one in others):
            continue
        seen = Silence.objects.filter(person_id=row.person_id, why__in=SEEN, ended_ms__gte=row.closes_ms)
        if seen.exists() or Miss.objects.filter(pk=window, cause__in=missing.HARMLESS).exists():
            continue
        heard = any(at >= row.opens_ms for _, at in found.heard.get(row.person_id, ()))
        if not heard and not Window.objects.filter(person_id=row.person_id, heard_ms__gte=row.closes_ms).exists():
            yield f"window {window} was missed, and nobody looks after it"


@always
def a_silence_comes_back(run: Run, over: bool) -> Iterator[str]:
    """Each that stands has a line that brings it back in time, and one for its next stage; one that is over has none."""
    waits, now = waiting(), run.clock.now()
    kinds = Due.objects.filter(kind__in=(COMES_BACK, GROWS))
    lines = dict(kinds.values_list("key", "state"))
    for row in Silence.objects.select_related("window"):
        back, grows = waits.get(f"{COMES_BACK}:{row.pk}"), waits.get(f"{GROWS}:{row.pk}")
        if row.ended_ms is not None:
            ends = (f"{COMES_BACK}:{row.pk}", *([f"{GROWS}:{row.pk}"] if row.stage < stages.LAST else []))
            if any(lines[key] != DueState.DROPPED for key in ends):  # done, it would have been put there again
                yield f"the silence of {row.pk} is over, and something waited on"
            continue
        if back is None or back > max(row.again_ms, now + LOOK_AGAIN_MS):
            yield f"nothing brings {row.pk} back"
        longest = stages.LONGEST_MS if row.officer is None else stages.HELD_MS
        if row.again_ms > now + longest:
            yield f"{row.pk} comes back in {row.again_ms - now} ms"
        if row.stage < stages.LAST and grows is None:
            yield f"the next stage of {row.pk} does not begin"


@always
def nothing_is_judged_before_its_time(run: Run, over: bool) -> Iterator[str]:
    """By the instants at which it was recorded, whatever the machine's clock said: a window missed, a stage begun."""
    rows = {row.pk: row for row in Window.objects.all()}
    spans = list(RadioSilence.objects.values_list("begun_ms", "until_ms", "ended_ms"))
    for window, (seq, recorded) in run.history.missed.items():
        known = window_of(rows[window])
        before = [
            radio.Span(Instant(begun), Instant(min(until, ended or until)))
            for begun, until, ended in spans
            if begun <= recorded
        ]
        if recorded < radio.judged_from(known, before):
            yield f"fact {seq} misses window {window} before its grace is over"
    at = {seq: recorded for seq, _, _, recorded in run.ledger}
    for seq, fact in told(run, facts.SilenceGrown):
        if at[seq] < stages.begins(window_of(rows[fact.window]), fact.stage):
            yield f"stage {fact.stage} of {fact.window} begins too early"


@always
def an_outage_folds_its_area(run: Run, over: bool) -> Iterator[str]:
    """Those of its area and no others; it is looked at each hour, and no silence began where it was the area."""
    out, waits = _standing_areas(), waiting()
    if out:
        cell_of = {run.founded.persons[who]: cell for who, cell in PEOPLE.items()}
        for line in silences(house_desk()):
            if line.folded is not (run.areas[cell_of[line.person]] in out):
                yield f"the silence of {line.window} is folded: {line.folded}"
        read = Bookmark.objects.filter(reader="contact.watch_area").values_list("seq", flat=True).first() or 0
        newest = {fact.area: seq for seq, fact in told(run, facts.AreaSilent)}
        yield from (
            f"area {area} is not looked at again"
            for area in out
            if newest[area] <= read and f"contact.area_again:{area}" not in waits
        )
    if not Miss.objects.exists():  # else everybody's own rate counts, as it was then
        yield from _blamed(run)
    if over:
        desk = house_desk()
        yield from (f"{area} is out no more" for area in out if not areas.is_out(expected_lately(desk, AreaId(area))))


def _is_judged(run: Run, row: Window, before: int, now: int) -> bool:
    spans = RadioSilence.objects.filter(begun_ms__lte=now).values_list("begun_ms", "until_ms", "ended_ms")
    still = [radio.Span(Instant(begun), Instant(min(until, ended or until))) for begun, until, ended in spans]
    missed = run.history.missed.get(row.pk, (before, 0))[0] < before
    return missed or radio.judged_from(window_of(row), still) <= now


def _blamed(run: Run) -> Iterator[str]:
    at = {seq: recorded for seq, _, _, recorded in run.ledger}
    cell_of = {run.founded.persons[who]: cell for who, cell in PEOPLE.items()}
    rows = list(Window.objects.order_by("closes_ms"))
    for window, one in run.history.silences.items():
        now, latest = at[one.begun], {}
        for row in rows:
            same = cell_of[row.person_id] == cell_of[one.person]
            if same and row.closes_ms <= now < row.closes_ms + LATELY_MS + row.grace_ms:
                heard = run.history.heard.get(row.person_id, ())
                kept = run.history.kept.get(row.pk, one.begun) < one.begun
                silent = not kept and all(seq > one.begun or at < row.opens_ms for seq, at in heard)
                latest[row.person_id] = silent
                if silent and not _is_judged(run, row, one.begun, now):  # within their grace they say nothing
                    del latest[row.person_id]
        if areas.is_out([Expected(silent, missing.rate(harmless=0, kept=0)) for silent in latest.values()]):
            yield f"the silence of {window} began where its area was out"


@always
def calls_for_a_silence_are_rounds(run: Run, over: bool) -> Iterator[str]:
    """A round calls one officer, each way once, and for amber nobody who keeps still."""
    rounds: dict[tuple[int, int], list[Wake]] = {}
    for row in Wake.objects.exclude(window=None):
        rounds.setdefault((row.window, row.round), []).append(row)
    for (window, number), rows in rounds.items():
        if len({(row.officer, row.due_ms) for row in rows}) > 1 or doubled(row.way for row in rows):
            yield f"round {number} for {window} calls more than one"
    names = {keys.officer: name for name, keys in run.founded.officers.items()}
    grown = {fact.window: seq for seq, fact in reversed(told(run, facts.SilenceGrown))}
    for seq, fact in told(run, facts.SilenceCallDue):
        due = rounds[fact.window, fact.round][0].due_ms
        if seq < grown.get(fact.window, seq + 1) and keeps_still(Instant(due), *QUIET[names[fact.officer]]):
            yield f"round {fact.round} for {fact.window} wakes somebody who keeps still"


@healed
def a_silence_calls_somebody(run: Run, over: bool) -> Iterator[str]:
    """For whatever happened last to one that nobody has in hand somebody was called, or will be when quiet hours end."""
    waits, now = waiting(), house_desk().now
    for window, one in run.history.silences.items():
        if one.ended is not None or one.officer is not None:
            continue
        if one.last_cause > one.last_call and f"alerts.quiet_over:{window}" not in waits:
            yield f"nobody is called for {window}"
        for row in Wake.objects.filter(window=window).exclude(state=WakeState.SENT):
            if is_loud(row.officer, row.way, now=now, amber=one.stage == 0):
                yield f"call {row.round} for {window} is {row.state}"


@healed
def who_was_heard_is_not_silent(run: Run, over: bool) -> Iterator[str]:
    opens = dict(Window.objects.values_list("pk", "opens_ms"))
    for window, one in run.history.silences.items():
        heard = run.history.heard.get(one.person, [])
        if one.ended is None and any(seq > one.begun and at >= opens[window] for seq, at in heard):
            yield f"whose window {window} is was heard"
        if one.why is facts.SilenceEnd.HEARD and not any(seq < one.ended and at >= opens[window] for seq, at in heard):
            yield f"the silence of {window} ended, and nobody was heard"
