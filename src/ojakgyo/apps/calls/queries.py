"""May I call? One word, one reason, until when; and what a page needs to make the call."""

from collections.abc import Iterable
from typing import Final

from ojakgyo.apps.calls import under_way
from ojakgyo.apps.calls.reasons import NO_CALL, Holds, holds, opened_by
from ojakgyo.apps.calls.values import (
    Answer,
    Because,
    CallLine,
    CallPage,
    House,
    OtherWay,
    Overridden,
    Past,
    Standing,
    Undo,
    Word,
)
from ojakgyo.apps.cards import queries as cards
from ojakgyo.apps.cards.voice.queries import voice_of
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.agreements.queries import quiet_among
from ojakgyo.apps.contact.models import Window as WindowRow
from ojakgyo.apps.contact.models import WindowState
from ojakgyo.apps.contact.values import Window
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.lines.queries import numbered
from ojakgyo.apps.network.models import Area, LineKind, Link, Place
from ojakgyo.apps.people import queries as people
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.values import Side
from ojakgyo.apps.watch import queries as watch
from ojakgyo.apps.watch.phones import phones
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import (
    Called,
    CallTakenBack,
    LineState,
    LinkKind,
    LinkRecorded,
    LinkSource,
    PlaceRecorded,
    RouteKind,
)
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import AreaId, CellId, LinkId, PersonId, PlaceId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, SECOND_MS, Instant

UNDO_MS: Final = 10 * SECOND_MS
"""So long what was typed can be taken back."""
TODAY_MS: Final = 12 * HOUR_MS
"""Whose window opens within so long is on the list of calls."""
LISTED_AT_MOST: Final = 40
PAST_AT_MOST: Final = 5
STROKE_AT_MOST: Final = 40
"""More facts than that no meeting makes."""


def may_call(desk: Desk, person: PersonId) -> Answer:
    """The desk never calls a phone that may be in other hands, and nobody outside an agreed window.

    Who may not see what is read about somebody is never told yes to a phone that was ever read from, nor why. But whoever
    was told yes and saw the number goes on until the call ends, whatever is read meanwhile: a page that closed in the
    middle of it would tell.
    """
    cell = network.cells_of([person]).get(person)
    if cell is None or not desk.keyring.holds(cell):
        return Answer(Word.NO, Because.NO_KEY)
    states = {state for state, _ in network.line_states(person)}
    if not states:
        return Answer(Word.NO, Because.NO_PHONE)
    ends = under_way.ends(desk, person)
    if ends is not None and states != {LineState.SEIZED}:  # a capture ends a call; the page of cards says it too
        return Answer(Word.YES, Because.UNDER_WAY, ends)
    told = phones(desk, {person})
    if person in told.asked or (LineState.ACTIVE not in states and person not in told.seen):
        return Answer(Word.LATER, Because.ASK_FIRST)
    held = holds(desk, {person})
    if person in told.never or (LineState.ACTIVE not in states and person not in held.quiet):
        return Answer(Word.NO, Because.OTHER_HANDS)
    return _besides(desk, person, held)


def _besides(desk: Desk, person: PersonId, held: Holds) -> Answer:
    """What is said where nothing speaks for other hands; it follows from nothing that was read."""
    if (answer := held.on(person)) is not None:
        return answer
    coming = contact.next_windows(desk, [person]).get(person, ())
    if not coming:
        quiet = quiet_among(desk.now, [person]).get(person)
        return Answer(Word.LATER, Because.NO_WINDOW if quiet is None else Because.QUIET, quiet)
    if coming[0].opens <= desk.now:
        return Answer(Word.YES, Because.WINDOW_OPEN, coming[0].closes)
    return Answer(Word.LATER, Because.WINDOW_COMES, coming[0].opens)


def calls_today(desk: Desk) -> tuple[CallLine, ...]:
    """Who may be called now or soonest within twelve hours, of the cells held; nobody is listed with a no.

    Who must ask first finds everybody with a window listed, whatever was heard of them.
    """
    soon, active = _with_a_phone(desk)
    told, held = phones(desk, soon), holds(desk, soon)
    asked = told.asked | (soon.keys() - active - told.seen)
    answers = {person: held.on(person) for person in soon}
    no = {person for person, answer in answers.items() if answer is not None and answer.word is Word.NO}
    listed = (active - told.never - no) | asked
    first = sorted(listed, key=lambda person: (person in asked, _urgent(soon[person], desk.now), person))[
        :LISTED_AT_MOST
    ]
    names = people.code_names(desk, first)
    return tuple(
        CallLine(
            person=PersonId(person),
            code_name=names[person],
            window=soon[person],
            open=soon[person].opens <= desk.now,
            ask_first=person in asked,
            held=None if person in asked else answers[person],
        )
        for person in first
    )


def _with_a_phone(desk: Desk) -> tuple[dict[int, Window], set[int]]:
    """Each one's first window of today, of the cells held; and whose phone is not burnt."""
    rows = WindowRow.objects.filter(
        state=WindowState.AGREED,
        closes_ms__gt=desk.now,
        opens_ms__lte=desk.now + TODAY_MS,
        person__membership__cell__in=_held(desk),
    )
    columns = ("person_id", "opens_ms", "closes_ms", "person__line__kind", "person__line__state")
    soon: dict[int, Window] = {}
    active = set()
    for person, opens, closes, kind, state in rows.order_by("opens_ms", "person_id").values_list(*columns):
        if kind != LineKind.PHONE:
            continue
        if state is not None:
            soon.setdefault(person, Window(Instant(opens), Instant(closes)))
        if state == LineState.ACTIVE:
            active.add(person)
    return soon, active


def _urgent(window: Window, now: Instant) -> tuple[bool, Instant]:
    """Open windows first, by when they close."""
    return (False, window.closes) if window.opens <= now else (True, window.opens)


def _held(desk: Desk) -> list[CellId]:
    return [cell.id for cell in vault.cells(desk) if desk.keyring.holds(cell.id)]


def call_page(desk: Desk, *, person: PersonId) -> CallPage:
    """Nobody of this id: `Refused`. It never says why a phone may be in other hands, to nobody; where safety is to be
    asked first, not even that one may. What a card lets the desk say by voice is there whatever the answer is, for who
    is called by its holder.
    """
    people.named(person)
    answer = may_call(desk, person)
    shown = CallPage(person=person, code_name=people.code_names(desk, [person])[person], answer=answer)
    if answer.because is Because.NO_KEY:
        return shown
    goes = answer.word is not Word.NO and answer.because is not Because.ASK_FIRST
    coming = contact.next_windows(desk, [person]).get(person, ()) if goes else ()
    following = next((each.opens for each in coming if each.opens > desk.now), None)
    has_card = cards.in_use(person).issued is not None
    known = goes or answer.because in (Because.FELL_SILENT, Because.RAN_OUT, Because.KEPT_QUIET)
    lines = network.lines_of(person) if known else ()
    places = numbered([person]) if len(lines) > 1 else {}
    return CallPage(
        person=person,
        code_name=shown.code_name,
        answer=answer,
        lines=tuple(sorted(((line, places.get(line, 1)) for line in lines), key=lambda each: each[1])),
        has_card=has_card,
        voice=voice_of(desk, person, following=following, again=goes) if goes or has_card else None,
        following=following,
        ways=_ways(desk, person, answer) if known and answer.word is not Word.YES else (),
        past=_past(desk, person),
        reasons=opened_by(answer, len(lines)),
        overridden=_overridden(desk, person, answer),
        standing=_standing(desk, person, answer),
    )


def _overridden(desk: Desk, person: PersonId, answer: Answer) -> Overridden | None:
    if answer.because is not Because.UNDER_WAY or answer.at is None:
        return None
    reason = under_way.overridden(desk, person, answer.at)
    if reason is None:
        return None
    said = _besides(desk, person, holds(desk, {person}))
    return Overridden(reason, None if said.word is Word.YES else said)


def _standing(desk: Desk, person: PersonId, answer: Answer) -> Standing | None:
    """The warning of theirs that is due first, and whether the answer leaves a call before it; for who may see its reason.

    Everybody finds it on the board; this page changes for nobody else by what was read.
    """
    found = watch.due_first(person)
    if found is None or not watch.may_see(desk, warning=found[0]):
        return None
    warning, deadline = found
    comes = answer.because is Because.WINDOW_COMES and answer.at is not None and answer.at < deadline
    late = answer.word is not Word.YES and answer.because is not Because.ASK_FIRST and not comes
    return Standing(warning, deadline, late)


def _ways(desk: Desk, person: PersonId, answer: Answer) -> tuple[OtherWay, ...]:
    agreed = contact.routes([person]).get(person, ())
    gone = _in_quarantine(desk, [each.through for each in agreed if each.through])
    routes = [each for each in agreed if each.through not in gone]
    names = people.code_names(desk, [each.through for each in routes if each.through])
    return tuple(
        OtherWay(
            route=each.kind,
            through=each.through,
            code_name=names.get(each.through) if each.through else None,
            delay_ms=each.delay_ms,
            struck=each.kind is RouteKind.AGREED_LINE and answer.because in NO_CALL,
        )
        for each in routes
    )


def _in_quarantine(desk: Desk, persons: Iterable[int]) -> frozenset[int]:
    """Those of them who were captured, of the cells held, whose page of cards says so too."""
    gone = cards.quarantined(frozenset(persons))
    return frozenset(person for person, cell in network.cells_of(gone).items() if desk.keyring.holds(cell))


def _past(desk: Desk, person: PersonId) -> tuple[Past, ...]:
    """The last calls that were not taken back, newest first."""
    told = inbox.mentioning([ids.text("p", person)], kinds=(Called, CallTakenBack), at_most=2 * PAST_AT_MOST)
    gone = {each.fact.call for each in told if isinstance(each.fact, CallTakenBack)}
    made = [each for each in told if isinstance(each.fact, Called) and each.seq not in gone]
    officers = {each.id: each.code_name for each in vault.officers(desk)}
    return tuple(
        Past(
            at=each.recorded,
            by=officers.get(each.fact.officer),
            outcome=each.fact.outcome,
            seconds=each.fact.seconds,
        )
        for each in made[:PAST_AT_MOST]
    )


def undo_of(desk: Desk, number: Seq) -> Undo | None:
    """Whether what the one at the desk wrote down as this fact can still be taken back."""
    row = Entry.objects.filter(seq=number, actor=str(desk.actor)).values_list("recorded_ms", flat=True).first()
    if row is None or desk.now >= row + UNDO_MS:
        return None
    return Undo(number, Instant(row + UNDO_MS))


def links_of_stroke(desk: Desk, last: Seq) -> tuple[LinkId, ...]:
    """The links typed together with this fact by the one at the desk, not long ago, that still stand. None: `Refused`.

    What a file brought is taken back with its batch, what a call wrote with its call.
    """
    if undo_of(desk, last) is None:
        raise Refused("calls.undo_over")
    rows = list(Entry.objects.filter(seq__lte=last).order_by("-seq")[:STROKE_AT_MOST])
    found: list[LinkId] = []
    for row in rows:
        fact = inbox.fact_at(Seq(row.seq)) if _same_stroke(row, rows[0]) else None
        if not isinstance(fact, LinkRecorded | PlaceRecorded):
            break
        if isinstance(fact, LinkRecorded):
            found.append(fact.link)
    typed = Link.objects.filter(pk__in=found, source=LinkSource.TYPED, batch=None).order_by("pk")
    if not typed:
        raise Refused("calls.undo_over")
    return tuple(LinkId(link.pk) for link in typed)


def _same_stroke(row: Entry, newest: Entry) -> bool:
    return row.actor == newest.actor and row.recorded_ms == newest.recorded_ms


# Meetings and stays ---------------------------------------------------------------------------------------------------


def areas(desk: Desk) -> tuple[tuple[AreaId, str], ...]:
    """Every area with its code, the North first."""
    rows = Area.objects.order_by("-north", "number")
    return tuple((AreaId(row.pk), f"{'N' if row.north else 'C'}{row.number}") for row in rows)


def area_of(place: PlaceId) -> AreaId | None:
    found = Place.objects.filter(pk=place).values_list("area_id", flat=True).first()
    return None if found is None else AreaId(found)


def houses(desk: Desk) -> tuple[House, ...]:
    """Houses in which somebody of a cell held has stayed, the last first; of the guests only those are named."""
    codes, places = dict(areas(desk)), dict(Place.objects.values_list("pk", "area_id"))
    stays = list(
        Link.objects.filter(kind=LinkKind.HOUSED, known__in=places)
        .order_by("-last_ms", "pk")
        .values_list("knower", "known", "last_ms")
    )
    cells, held = network.cells_of({knower for knower, *_ in stays}), set(_held(desk))
    guests: dict[int, dict[int, Instant]] = {}
    for knower, place, last in stays:
        if cells.get(knower) in held:
            guests.setdefault(place, {}).setdefault(knower, Instant(last))
    names = people.code_names(desk, {person for each in guests.values() for person in each})
    return tuple(
        House(
            place=PlaceId(place),
            area=codes[AreaId(places[place])],
            last=max(each.values()),
            guests=tuple(names[person] for person in each),
        )
        for place, each in guests.items()
    )


def knows_one_of(desk: Desk, persons: Iterable[PersonId]) -> bool:
    """Whether the one at the desk holds the key of the cell of one of these."""
    return any(desk.keyring.holds(cell) for cell in network.cells_of(persons).values())


def all_in_the_north(desk: Desk, persons: Iterable[PersonId]) -> bool:
    """Where nobody said where: they met inside the North, if all of them belong there."""
    sides: dict[CellId, Side] = {cell.id: cell.side for cell in vault.cells(desk)}
    wanted = tuple(persons)
    cells = network.cells_of(wanted)
    return len(cells) == len(set(wanted)) and all(sides[cell] is Side.NORTH for cell in cells.values())
