"""What `ojak doctor` looks at. Counts and codes, never a name."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from ojakgyo.apps.alerts import queries as alerts
from ojakgyo.apps.chronicle import audit, inbox, seen, stuck
from ojakgyo.apps.contact.listening import spool_folder
from ojakgyo.apps.network.queries import loose_links
from ojakgyo.apps.vault.queries import backups
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Absence
from ojakgyo.domain.leaps import LOST_MS
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import Instant
from ojakgyo.runner.door import NAME as DOOR
from ojakgyo.store import whole
from ojakgyo.web import clocks


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    ok: bool
    found: str


def look(home: Path, *, deep: bool) -> list[Finding]:
    """Every finding. `deep` reads the whole database and verifies the chain; damage there is raised."""
    found = [*_files(home), *_spool(), *_chronicle(), *_duties(home), *_network(), *_waking(), *_copies()]
    return [*found, *(_deep() if deep else ())]


def _files(home: Path) -> Iterator[Finding]:
    for name in ("vault.json", "vault.db"):
        mode = stat.S_IMODE((home / name).stat().st_mode)
        yield Finding(f"mode of {name}", not mode & 0o077, oct(mode))


def _spool() -> Iterator[Finding]:
    folder = spool_folder()
    in_home = folder.is_relative_to(settings.HOME)
    price = "in the home folder: texts lie readable on the disk until they are taken" if in_home else "in memory"
    yield Finding("spool", not in_home, price)


def _chronicle() -> Iterator[Finding]:
    unknown = sum(count for _, _, count in audit.unknown_kinds())
    yield Finding("facts of unknown kinds", unknown == 0, str(unknown))
    left = stuck.unsettled()
    yield Finding("stuck facts", not left, str(len(left)))
    yield _clock()
    away = seen.away_lately(settings.CLOCK.now())
    if away is not None:
        found = f"{away.absence} from {instants.rfc3339(away.since)} to {instants.rfc3339(away.until)}"
        yield Finding("away in the last 12 hours", away.absence is not Absence.SET_AHEAD, found)


def _clock() -> Finding:
    """`house.clock_back`: the house's own goes on, at half speed, from the last instant that it has lived through."""
    if settings.OJAK_DEMO:
        ahead = inbox.last_recorded() - settings.CLOCK.now()
        goes_on = "; a practice world goes on from there" if ahead > 0 else ""
        return Finding("clock", True, f"{_span(ahead)} behind the newest fact{goes_on}")
    lost = settings.CLOCK.lost_ms
    wrong = f"house.clock_back: the machine's is {_span(lost)} behind"
    return Finding("clock", lost <= LOST_MS, wrong if lost > LOST_MS else "not behind what was lived through")


def _duties(home: Path) -> Iterator[Finding]:
    """Of a closed house nobody expects anything: what waits is done when it is opened."""
    served = (home / DOOR).exists()
    now = Instant(max(settings.CLOCK.now(), inbox.last_recorded())) if settings.OJAK_DEMO else settings.CLOCK.now()
    late = inbox.lagging(now)
    said = ", ".join(f"{each.duty} {_span(each.waited_ms)}" for each in late) or "none behind its limit"
    yield Finding("duties", not late or not served, said if served or not late else f"no desk serves; waiting: {said}")


def _span(ms: int) -> str:
    with override("en"):
        return clocks.span(ms)


def _network() -> Iterator[Finding]:
    """`network.missing_node`: such a link is passed over, and somebody must correct it."""
    loose = loose_links()
    yield Finding("links to nobody the desk knows", not loose, f"network.missing_node {len(loose)}" if loose else "0")


def _waking() -> Iterator[Finding]:
    """`alerts.nobody`: a red would wake nobody."""
    count = alerts.wakeable()
    yield Finding("safety officers who can be woken", count > 0, str(count) if count else "alerts.nobody")
    if alerts.apprise_wanted():
        yield Finding("message services", False, "alerts.apprise_missing")
    trouble = _relay_trouble()
    yield Finding("mail server", trouble is None, trouble or alerts.security())


def _relay_trouble() -> str | None:
    """`alerts.security_unknown`: nothing would be sent. `alerts.login_unused`: no password is said in the clear."""
    try:
        bare = alerts.security() == "none"
    except Refused as refused:
        return refused.code
    return "alerts.login_unused" if bare and alerts.has_login() else None


def _copies() -> Iterator[Finding]:
    """A practice world may go without."""
    late, last = backups.overdue(settings.CLOCK.now()), backups.newest_number()
    said = f"number {last}" if last else "none was ever written"
    yield Finding(
        "newest backup", not late or settings.OJAK_DEMO, f"{said}, older than 48 hours" if late and last else said
    )
    if files := backups.newest_files():
        number, same = files
        yield Finding("files of the newest backup", same, f"number {number}, {'as' if same else 'not as'} written")


def _deep() -> Iterator[Finding]:
    whole.check()
    yield Finding("pages of the database", True, "whole")
    yield Finding("chain", True, f"{audit.verify()} facts")
