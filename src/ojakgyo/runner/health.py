"""What `ojak doctor` looks at. Counts and codes, never a name."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ojakgyo.apps.alerts.queries import wakeable
from ojakgyo.apps.chronicle import audit, inbox, stuck
from ojakgyo.apps.contact.listening import spool_folder
from ojakgyo.apps.network.queries import loose_links
from ojakgyo.store import whole


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    ok: bool
    found: str


def look(home: Path, *, deep: bool) -> list[Finding]:
    """Every finding. `deep` reads the whole database and verifies the chain; damage there is raised."""
    return [*_files(home), *_spool(), *_chronicle(), *_network(), *_waking(), *(_deep() if deep else ())]


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
    ahead = inbox.last_recorded() - settings.CLOCK.now()
    yield Finding("clock", ahead <= 0 or settings.OJAK_DEMO, f"{max(0, ahead)} ms behind the newest fact")


def _network() -> Iterator[Finding]:
    """`network.missing_node`: such a link is passed over, and somebody must correct it."""
    loose = loose_links()
    yield Finding("links to nobody the desk knows", not loose, f"network.missing_node {len(loose)}" if loose else "0")


def _waking() -> Iterator[Finding]:
    """`alerts.nobody`: a red would wake nobody."""
    count = wakeable()
    yield Finding("safety officers who can be woken", count > 0, str(count) if count else "alerts.nobody")


def _deep() -> Iterator[Finding]:
    whole.check()
    yield Finding("pages of the database", True, "whole")
    yield Finding("chain", True, f"{audit.verify()} facts")
