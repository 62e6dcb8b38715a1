"""Makes the brief of now: what the chronicle says since the last shift was taken, and what stands.

It is the same whoever asks, since two officers sign it and may see different things.
"""

from collections.abc import Iterator
from typing import Final

from django.conf import settings

from ojakgyo.apps.cards import queries as cards
from ojakgyo.apps.chronicle import inbox, stuck
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.outages.queries import silent_areas
from ojakgyo.apps.contact.radio.queries import running
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.contact.values import CheckinState
from ojakgyo.apps.home.models import Shift, ShiftState
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault.queries import backups
from ojakgyo.apps.vault.queries.requests import requests
from ojakgyo.apps.watch import queries as watch
from ojakgyo.apps.watch.models import WarningState
from ojakgyo.domain import briefs, facts
from ojakgyo.domain.briefs import Brief, Item, ItemKind
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

AHEAD_MS: Final = 12 * HOUR_MS
"""What falls due in a night is said beforehand."""
EVENTS: Final[dict[type[Fact], ItemKind]] = {
    facts.WarningRaised: ItemKind.WARNING_RAISED,
    facts.WarningTaken: ItemKind.WARNING_TAKEN,
    facts.WarningLeft: ItemKind.WARNING_LEFT,
    facts.SubjectTold: ItemKind.WARNING_TOLD,
    facts.WarningReopened: ItemKind.WARNING_AGAIN,
    facts.WarningTooLate: ItemKind.WARNING_TOO_LATE,
    facts.WarningClosed: ItemKind.WARNING_CLOSED,
}


def gather(desk: Desk) -> Brief:
    """The brief that the officer at the desk would hand over now."""
    after, upto = last_taken(), inbox.head()
    since = _since(desk, after)
    items = (*_warnings(desk, since), *_windows(desk, since), *_calls(desk, since), *_house(desk))
    return briefs.brief(after, upto, desk.now, items)


def last_taken() -> Seq:
    """Up to which fact somebody has taken the shift; 0 before the first."""
    taken = Shift.objects.filter(state=ShiftState.TAKEN).order_by("-made_ms")
    return Seq(taken.values_list("upto", flat=True).first() or 0)


def _since(desk: Desk, after: Seq) -> tuple[int, int]:
    """After which fact, and from when on: the first brief looks back a day."""
    return (after, 0) if after else (max(0, inbox.head() - inbox.LATELY), desk.now - DAY_MS)


def _told(kinds: tuple[type[Fact], ...], since: tuple[int, int]) -> list[inbox.Told]:
    after, start = since
    return [each for each in inbox.every(kinds, after=after) if each.recorded >= start]


def _warnings(desk: Desk, since: tuple[int, int]) -> Iterator[Item]:
    told = _told(tuple(EVENTS), since)
    rows = watch.briefly(desk, warnings={each.fact.warning for each in told})  # type: ignore[attr-defined]
    subject = {row.id: row.subject for row in rows}
    for each in told:
        warning = each.fact.warning  # type: ignore[attr-defined]
        yield Item(EVENTS[type(each.fact)], warning, subject[warning], each.seq, each.recorded)
    for row in rows:
        if row.state is not WarningState.CLOSED:
            yield Item(ItemKind.WARNING_STANDS, row.id, row.subject, until=row.deadline)


def _windows(desk: Desk, since: tuple[int, int]) -> Iterator[Item]:
    told = _told((facts.WindowMissed,), since)
    there = code_names(desk, {each.fact.person for each in told})  # type: ignore[attr-defined]
    for each in told:
        if each.fact.person not in there:  # type: ignore[attr-defined] # removed since, with the file that brought them
            continue
        yield Item(ItemKind.WINDOW_MISSED, each.fact.person, seq=each.seq, at=each.recorded)  # type: ignore[attr-defined]
    for line in contact.checkins(desk):
        if line.state is CheckinState.LATE and line.window is not None:
            yield Item(ItemKind.WINDOW_LATE, line.subject, at=line.window.opens, until=line.window.closes)
    for area in silent_areas(desk):
        yield Item(ItemKind.AREA_SILENT, area.area, at=area.since)
    for silence in silences(desk):
        if not silence.folded:
            officer = "" if silence.officer is None else ids.text("o", silence.officer)
            yield Item(
                ItemKind.SILENCE_STANDS, silence.window, silence.person, silence.stage, silence.since, word=officer
            )
    for window in contact.windows_between(desk.now, Instant(desk.now + AHEAD_MS)):
        yield Item(ItemKind.WINDOW_DUE, window.person, at=window.opens, until=window.closes)


def _calls(desk: Desk, since: tuple[int, int]) -> Iterator[Item]:
    """Calls made against the answer of the desk, and that it is to be still: whoever comes must know both."""
    told = _told((facts.CallOverridden,), since)
    there = code_names(desk, {each.fact.person for each in told})  # type: ignore[attr-defined]
    for each in told:
        if each.fact.person in there:  # type: ignore[attr-defined]
            yield Item(ItemKind.CALL_OVERRIDDEN, each.fact.person, seq=each.seq, at=each.recorded)  # type: ignore[attr-defined]
    if (still := running(desk)) is not None:
        yield Item(ItemKind.RADIO_SILENCE, at=still.begun, until=still.until)


def _house(desk: Desk) -> Iterator[Item]:
    for trouble in contact.troubles(desk):
        yield Item(ItemKind.MESSAGES, trouble.count, at=trouble.last, word=trouble.code)
    for card in cards.to_replace(desk):
        yield Item(ItemKind.CARD_OWED, card.person, at=card.since)
    for asked in requests(desk):
        if not asked.over and not asked.complete:
            yield Item(ItemKind.REQUEST_WAITS, asked.id, at=asked.made, until=asked.until)
    for row in stuck.unsettled():
        yield Item(ItemKind.STUCK, row.number, seq=row.seq, at=row.since, word=row.code)
    if not settings.OJAK_DEMO and backups.overdue(desk.now):
        yield Item(ItemKind.BACKUP_OLD, at=backups.newest_taken() or 0)
