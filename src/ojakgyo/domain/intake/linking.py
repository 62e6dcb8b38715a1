"""Rows of "who met whom, where, when" as links; what is imprecise stays a span, what is too old stays out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from ojakgyo.domain.facts.vocabulary import LinkKind
from ojakgyo.domain.intake import dates, words
from ojakgyo.domain.intake.codes import whole
from ojakgyo.domain.intake.columns import Column, DateOrder, SheetKind
from ojakgyo.domain.intake.dates import UNCLEAR, Orders, Span
from ojakgyo.domain.intake.drafts import DraftLink, Severity, Who
from ojakgyo.domain.intake.entries import Entry, Sheet, sheets_of
from ojakgyo.domain.intake.roster import Roster, Unfound
from ojakgyo.domain.intake.staffing import Areas
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

ZONES: Final = {"N": timezone(timedelta(hours=9)), "C": timezone(timedelta(hours=8))}
"""Hours of the two sides: the North since May 2018, China since 1991; no link is kept from before."""
_TOGETHER: Final = frozenset({LinkKind.MET, LinkKind.HOUSED})
"""Everybody who was there knows of everybody."""
_SEVERAL: Final = re.compile(r"[,;/、，；\n&+]")


def links_of(sheets: tuple[Sheet, ...], roster: Roster, areas: Areas) -> tuple[DraftLink, ...]:
    links: dict[tuple[object, ...], DraftLink] = {}
    for sheet in sheets_of(SheetKind.LINKS, sheets):
        calendar = Calendar.of(sheet, roster, (Column.WHEN, Column.UNTIL))
        for entry in sheet.going():
            found = list(_links(entry, calendar, roster, areas))
            if entry.failed:
                continue
            news = {_same(link): link for link in found if _same(link) not in links}
            if not news:
                entry.leave("intake.link_twice", other=links[_same(found[0])].at)
                continue
            areas.keep(found[0].area)
            links |= news
    return tuple(links.values())


def _same(link: DraftLink) -> tuple[object, ...]:
    pair = frozenset({link.knower, link.known})
    return link.kind, pair, link.first, link.last, link.area


def _links(entry: Entry, calendar: "Calendar", roster: Roster, areas: Areas) -> Iterator[DraftLink]:
    kind, area, times = _kind(entry), areas.take(entry), _times(entry)
    ones, others = _people(entry, Column.WHO, roster), _people(entry, Column.WHOM, roster)
    if kind is None or not ones or not others:
        return
    if all(map(roster.is_foreign, (*ones, *others))):  # of a meeting, one at least is of a cell that is held
        entry.fail("intake.cell_not_held", Column.WHO)
    sides = {roster.side(who) for who in (*ones, *others)}
    north = area.side == "N" if area else sides == {"N"}
    side = area.side if area else roster.side(ones[0])
    when = calendar.when(entry, side, kept_days_of(kind, north, roster))
    pairs = [*dict.fromkeys((one, other) for one, other in _pairs(kind, ones, others) if one != other)]
    if not pairs and not entry.failed:
        entry.fail("intake.same_person", Column.WHOM)
    if when is None or entry.failed:
        return
    for one, other in pairs:
        yield DraftLink(entry.spot(), kind, one, other, True, when.first, when.last, when.imprecise, area, times, north)


def kept_days_of(kind: LinkKind, north: bool, roster: Roster) -> int:
    return roster.known.kept_days_north if north and kind is LinkKind.MET else roster.known.kept_days


def _pairs(kind: LinkKind, ones: tuple[Who, ...], others: tuple[Who, ...]) -> Iterator[tuple[Who, Who]]:
    if kind in _TOGETHER:
        everybody = (*ones, *others)
        yield from ((one, other) for place, one in enumerate(everybody) for other in everybody[place + 1 :])
    else:
        yield from ((one, other) for one in ones for other in others)


def _kind(entry: Entry) -> LinkKind | None:
    if not (text := entry.text(Column.HOW)):
        return LinkKind.MET
    kind = words.said(LinkKind, text)
    if kind is None or kind in (LinkKind.CARRIES, LinkKind.HELD_THE_KEY):
        entry.fail("intake.word_unknown", Column.HOW)
        return None
    return kind


def _times(entry: Entry) -> int:
    if not (text := entry.text(Column.TIMES)):
        return 1
    found = whole(text)
    if not found or found > 1_000:
        entry.fail("intake.number_unreadable", Column.TIMES)
    return found or 1


def _people(entry: Entry, column: Column, roster: Roster) -> tuple[Who, ...]:
    """Everybody a row names in one sense: several columns, or several names in one cell."""
    people: list[Who] = []
    stands = False
    for place, text in entry.all(column):
        stands = True
        found = roster.anybody(text)
        parts = [text] if isinstance(found, Who) else [part for each in _SEVERAL.split(text) if (part := each.strip())]
        several = [roster.anybody(part) for part in parts]
        for who in several:
            if isinstance(who, Unfound):
                entry.fail(who.code, place)
            elif who not in people:
                people.append(who)
    if not stands:
        entry.fail("intake.value_missing", column)
    return tuple(people)


# When ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    first: Instant
    last: Instant
    imprecise: bool


@dataclass(slots=True)
class Calendar:
    """The dates of a sheet, read in the one order each column holds to."""

    now: Instant
    today: date
    orders: dict[Column, Orders]

    @classmethod
    def of(cls, sheet: Sheet, roster: Roster, columns: tuple[Column, ...]) -> "Calendar":
        """A column of two orders is said at the row that contradicts, and that row fails."""
        now = roster.known.now
        today = instants.aware(now).astimezone(ZONES["N"]).date()
        orders = {}
        for column in columns:
            entries = [entry for entry in sheet.going() if entry.text(column)]
            found = dates.orders_of([entry.text(column) for entry in entries], today, sheet.layout.order)
            orders[column] = found
            if found.against is not None:
                here, before = (entries[place] for place in found.against)
                here.fail("intake.two_date_orders", column, None if here is before else before.spot(column))
            elif (
                found.order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST) and sheet.place(column) in sheet.table.dated
            ):
                sheet.say("intake.dates_mixed", Severity.NOTICE, sheet.place(column))
        return cls(now, today, orders)

    def span(self, entry: Entry, column: Column) -> Span | None:
        """The span a cell means; what is wrong with it is said."""
        if not (text := entry.text(column)):
            return None
        found = dates.read(text, self.today, self.orders[column].order)
        if found is None:
            entry.fail("intake.date_unreadable", column)
        elif found is UNCLEAR:
            entry.fail("intake.date_unclear", column)
        elif isinstance(found, Span):
            if found.assumed:
                entry.note("intake.year_assumed", column)
            return found
        return None

    def when(self, entry: Entry, side: str, kept_days: int) -> When | None:
        """From when to when a link was made; what is still to come, or too old to be kept, is said."""
        if not entry.text(Column.WHEN):
            entry.fail("intake.value_missing", Column.WHEN)
        span, until = self.span(entry, Column.WHEN), self.span(entry, Column.UNTIL)
        if span is None or entry.failed:
            return None
        if until is not None and until.last < span.first:
            entry.fail("intake.date_backwards", Column.UNTIL)
            return None
        first, last = _ends(span, side)
        if until is not None:
            last = _ends(until, side)[1]
        if first > self.now:
            entry.fail("intake.date_to_come", Column.WHEN)
        last = Instant(min(last, self.now))
        if last < self.now - kept_days * DAY_MS:
            entry.leave("intake.too_old", Column.WHEN)
        return None if entry.failed else When(first, last, span.imprecise and until is None)


def _ends(span: Span, side: str) -> tuple[Instant, Instant]:
    """The first and the last moment of a span: an hour where it was lived, a day as the desk counts days."""
    if span.at is not None:
        moment = instants.of(datetime.combine(span.first, span.at, ZONES[side]))
        return moment, Instant(moment + HOUR_MS)
    zone = ZONES["N"]
    after = datetime.combine(span.last + timedelta(days=1), time(), zone)
    return instants.of(datetime.combine(span.first, time(), zone)), Instant(instants.of(after) - 1)
