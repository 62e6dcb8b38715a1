"""The board Now, from every app below."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings

from ojakgyo.apps.alerts import queries as alerts
from ojakgyo.apps.cards import queries as cards
from ojakgyo.apps.chronicle import seen, stuck
from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact import quiet
from ojakgyo.apps.contact.agreements.calm import calm
from ojakgyo.apps.contact.agreements.groups import short
from ojakgyo.apps.contact.outages.queries import silent_areas
from ojakgyo.apps.contact.radio.queries import running
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.contact.values import Ears
from ojakgyo.apps.home.shifts.queries import untaken
from ojakgyo.apps.home.values import Away, BackupOld, Board, Choice, Needed, Refusal, Show, Shown, StuckLine
from ojakgyo.apps.network.lines.queries import due_counts
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.queries import backups
from ojakgyo.apps.vault.queries.requests import to_sign
from ojakgyo.apps.watch import queries as watch
from ojakgyo.apps.watch.telling import queries as telling
from ojakgyo.apps.watch.values import Danger
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.leaps import LOST_MS
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.instants import DAY_MS, Instant

DESK_ZONE = ZoneInfo("Asia/Seoul")
MORNING_HOUR = 8
BUSY = frozenset({Danger.NOW, Danger.TODAY})
"""While somebody must be warned, nobody mends agreements."""


def board(
    desk: Desk, *, ears: Ears, show: str = "", refused: Refusal | None = None, silence_refused: str | None = None
) -> Board:
    """What the one at the desk must know this minute. `show`: a part of it; one that does not exist is the whole.

    A cell whose key is not held: ``NotHeld``.
    """
    unseen, warnings = watch.unseen_red(desk), watch.board(desk)
    checkins = contact.checkins(
        desk, unheard=watch.unheard(desk), said=watch.words_of_danger(desk), deaf=ears.deaf_since is not None
    )
    silent = tuple(line for line in silences(desk) if not line.folded)
    cells = _cells(desk, {line.subject for line in (*warnings, *checkins)} | {line.person for line in silent})
    return Board(
        seq=watch.last_change(),
        warnings=warnings,
        checkins=checkins,
        ears=ears,
        met=watch.met_lists(desk),
        stuck=tuple(
            StuckLine(number=each.number, reader=each.reader, seq=each.seq, code=each.code, since=each.since)
            for each in stuck.unsettled()
        ),
        troubles=contact.troubles(desk),
        needed=None if unseen is None else Needed(since=unseen[0], opens_to_all=unseen[1]),
        empty=not (warnings or checkins or contact.knows_somebody()),
        due_tonight=contact.due_between(desk.now, tonight_ends(desk.now)),
        next_due=contact.next_opening(desk.now),
        cards_owed=cards.owed(),
        lines_due=due_counts(desk) or None,
        to_sign=to_sign(desk, kind=RequestKind.END_QUARANTINE),
        backup_old=_backup_old(desk),
        clock_back=not settings.OJAK_DEMO and settings.CLOCK.lost_ms > LOST_MS,
        away=_away(desk.now),
        quiet=quiet.announced(desk),
        short_groups=short(desk),
        shift_untaken=untaken(desk),
        show=_show(desk, show, cells),
        cells=tuple(cells.values()),
        first=telling.first(desk) if warnings else None,
        refused=refused,
        silences=silent,
        silent_areas=silent_areas(desk),
        silence_refused=silence_refused,
        calm=None if any(line.danger in BUSY for line in warnings) else calm(desk),
        radio=running(desk),
        called=alerts.called(desk),
        waking=alerts.wants(desk),
    )


def _cells(desk: Desk, subjects: set[int]) -> dict[CellId, tuple[Choice, frozenset[int]]]:
    """The cells this desk holds, by their codes, and who of them is on the board."""
    of, held = cells_of(subjects), [cell for cell in vault.cells(desk) if desk.keyring.holds(cell.id)]
    within = {cell.id: frozenset(each for each in subjects if of.get(each) == cell.id) for cell in held}
    return {
        cell.id: (Choice(ids.text("c", cell.id), len(within[cell.id]), cell.code), within[cell.id]) for cell in held
    }


def _show(desk: Desk, written: str, cells: Mapping[CellId, tuple[Choice, frozenset[int]]]) -> Show | None:
    if written in tuple(Shown):
        return Show(Shown(written))
    try:
        cell = CellId(ids.parse_kind("c", written))
    except ValueError:
        return None
    if cell not in cells:
        raise NotHeld(cell=cell)
    return Show(cell, cells[cell][1])


def _backup_old(desk: Desk) -> BackupOld | None:
    """Said to who manages; a practice world is built anew, not restored."""
    if settings.OJAK_DEMO or not rights.may_manage(vault.roles(desk)) or not backups.overdue(desk.now):
        return None
    taken = backups.newest_taken()
    return BackupOld(None if taken is None else (desk.now - taken) // DAY_MS)


def _away(now: Instant) -> Away | None:
    fact = seen.away_lately(now)
    return None if fact is None else Away(fact.since, fact.until, fact.absence)


def tonight_ends(now: Instant) -> Instant:
    """The next morning at the desk."""
    local = instants.aware(now).astimezone(DESK_ZONE)
    morning = local.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
    ends = instants.of(morning)
    return ends if ends > now else Instant(ends + DAY_MS)
