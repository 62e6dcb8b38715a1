"""What is done about a call: a number seen, an outcome kept or taken back. And meetings and stays, from which links follow."""

from collections.abc import Mapping
from itertools import combinations
from typing import Final

from ojakgyo.apps.calls import queries
from ojakgyo.apps.calls.values import Word
from ojakgyo.apps.chronicle import due, inbox
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.links import NewLink, keep_links, kept_until, let_go
from ojakgyo.apps.network.models import Line, LineKind, Place
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Called, CallOutcome, CallTakenBack, LinkKind, NumberShown, PlaceRecorded
from ojakgyo.domain.values.ids import AreaId, LineId, PersonId, PlaceId, Seq
from ojakgyo.domain.values.instants import DAY_MS, SECOND_MS, Instant

LONGEST_S: Final = 3_600
PEOPLE_AT_MOST: Final = 6


@action
def show_number(desk: Desk, *, person: PersonId) -> Mapping[LineId, str]:
    """The numbers of somebody who may be called now, and for nobody else; each showing is recorded, the first begins a call."""
    hold_key(desk, person)
    if queries.may_call(desk, person).word is not Word.YES:
        raise Refused("calls.not_now", person=person)
    found = {line: network.number_of(desk, line) for line in network.lines_of(person)}
    if not found:  # burnt while the call was under way
        raise Refused("calls.not_now", person=person)
    for line in found:
        record(desk, NumberShown(person=person, line=line))
    return found


@action
def record_call(
    desk: Desk, *, person: PersonId, outcome: CallOutcome, seconds: int = 0, line: LineId | None = None
) -> Seq:
    """What came of a call. The link follows in ten seconds, unless it is taken back; `line` None: the one in use."""
    hold_key(desk, person)
    talked = max(0, min(seconds, LONGEST_S))
    seq = record(
        desk,
        Called(
            person=person,
            officer=desk.officer,
            line=_line(person, line),
            outcome=outcome,
            seconds=talked,
            happened_from=Instant(desk.now - talked * SECOND_MS),
            happened_to=desk.now,
            told=desk.now,
        ),
    )
    due.put("calls.write_link", key=_key(seq), about=seq, due=Instant(desk.now + queries.UNDO_MS))
    return seq


@action
def take_back_call(desk: Desk, *, call: Seq) -> PersonId:
    """It was typed by mistake, by the one at the desk, not long ago: no link is written."""
    if queries.undo_of(desk, call) is None or not isinstance(fact := inbox.fact_at(call), Called):
        raise Refused("calls.undo_over")
    if not Due.objects.filter(key=_key(call), state=DueState.WAITING).exists():
        raise Refused("calls.undo_over")
    due.drop(_key(call))
    record(desk, CallTakenBack(call=call, person=fact.person))
    return fact.person


@action
def record_meeting(
    desk: Desk,
    *,
    people: tuple[PersonId, ...],
    first: Instant,
    last: Instant,
    imprecise: bool = False,
    area: AreaId | None = None,
) -> Seq:
    """Who met: each of them knows each other from now on. `imprecise`: once, somewhere between `first` and `last`."""
    together = _together(desk, people, least=2)
    _in_order(desk, first, last)
    north = queries.all_in_the_north(desk, together)
    _keep(
        desk,
        [
            NewLink(
                kind=LinkKind.MET,
                knower=one,
                known=other,
                mutual=True,
                first=first,
                last=last,
                imprecise=imprecise,
                area=area,
                in_the_north=north,
            )
            for one, other in combinations(together, 2)
        ],
    )
    return inbox.head()


@action
def record_stay(
    desk: Desk,
    *,
    people: tuple[PersonId, ...],
    first: Instant,
    last: Instant,
    imprecise: bool = False,
    area: AreaId | None = None,
    house: PlaceId | None = None,
) -> Seq:
    """Who stayed in one house: one that is known, or one not known yet, in an area."""
    together = _together(desk, people, least=1)
    _in_order(desk, first, last)
    place, where = _house(desk, house, area)
    _keep(
        desk,
        [
            NewLink(
                kind=LinkKind.HOUSED,
                knower=person,
                known=place,
                mutual=True,
                first=first,
                last=last,
                imprecise=imprecise,
                area=where,
            )
            for person in together
        ],
    )
    return inbox.head()


@action
def take_back_meeting(desk: Desk, *, last: Seq) -> int:
    """Let go of the links that were written down together, `last` being the newest of their facts."""
    return let_go(desk, queries.links_of_stroke(desk, last))


def hold_key(desk: Desk, person: PersonId) -> None:
    """Only who holds the key of somebody's cell calls them; else ``NotHeld``."""
    cell = network.cells_of([person]).get(person)
    if cell is None:
        raise NotHeld(person=person)
    desk.keyring.cell_key(cell)


def _line(person: PersonId, chosen: LineId | None) -> LineId | None:
    """The line that was called: the one chosen, else the first in use, else the newest of all."""
    own = Line.objects.filter(holder_id=person, kind=LineKind.PHONE)
    if chosen is not None:
        if not own.filter(pk=chosen).exists():
            raise Refused("house.not_found", line=chosen)
        return chosen
    found = next(iter(network.lines_of(person)), None) or own.order_by("-pk").values_list("pk", flat=True).first()
    return None if found is None else LineId(found)


def _key(call: Seq) -> str:
    return f"calls.write_link:{call}"


def _together(desk: Desk, people: tuple[PersonId, ...], *, least: int) -> tuple[PersonId, ...]:
    together = tuple(dict.fromkeys(people))
    if len(together) < least:
        raise Refused("calls.two_wanted")
    if len(together) > PEOPLE_AT_MOST:
        raise Refused("calls.too_many")
    if not queries.knows_one_of(desk, together):
        raise NotHeld()
    return together


def _in_order(desk: Desk, first: Instant, last: Instant) -> None:
    if last < first:
        raise Refused("calls.dates_backwards")
    if first > desk.now:
        raise Refused("calls.date_ahead")


def _house(desk: Desk, house: PlaceId | None, area: AreaId | None) -> tuple[PlaceId, AreaId]:
    """A house of the list keeps its area; a new one needs one."""
    if house is not None:
        if house not in {each.place for each in queries.houses(desk)}:
            raise NotHeld(place=house)
        where = queries.area_of(house)
        assert where is not None
        return house, where
    if area is None:
        raise Refused("calls.area_wanted")
    place = PlaceId(Place.objects.create(area_id=area).pk)
    record(desk, PlaceRecorded(place=place, area=area))
    return place, area


def _keep(desk: Desk, links: list[NewLink]) -> None:
    """What would be forgotten at once is not written down."""
    if any(kept_until(each) <= desk.now + DAY_MS for each in links):
        raise Refused("calls.too_long_ago")
    keep_links(desk, links)
