"""What `ojak contact` asks of an open vault: the same for everybody, so nothing in it follows from what a text said."""

from collections.abc import Iterator
from typing import Final

from ojakgyo.apps.contact import queries
from ojakgyo.apps.contact.outages.queries import silent_areas
from ojakgyo.apps.contact.queries import AHEAD_MS
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.contact.values import CheckinState
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.instants import Instant
from ojakgyo.runner.door import Handler, Said

_SILENT: Final = (CheckinState.LATE, CheckinState.MISSED)


def due(asked: Said) -> Iterator[Said]:
    """One window after the other, soonest first."""
    desk = house_desk()
    found = queries.windows_between(desk.now, Instant(desk.now + AHEAD_MS))
    names = code_names(desk, {window.person for window in found})
    for window in found:
        times = {"opens": instants.rfc3339(window.opens), "closes": instants.rfc3339(window.closes)}
        yield {"person": ids.text("p", window.person), "code_name": names[window.person].en, **times}


def late(asked: Said) -> Iterator[Said]:
    """Areas that are silent as a whole, then silences, then who is late and still within the grace."""
    desk = house_desk()
    for area in silent_areas(desk):
        yield {"area": area.code, "silent": area.silent, "of": area.of, "since": instants.rfc3339(area.since)}
    standing = {line.person: line for line in silences(desk)}
    for person, line in standing.items():
        yield _said(
            person, line.code_name.en, "silent", line.since, line.stage, None if line.by is None else line.by.en
        )
    for checkin in queries.checkins(desk):
        if checkin.state in _SILENT and checkin.subject not in standing and checkin.window is not None:
            yield _said(checkin.subject, checkin.code_name.en, checkin.state.value, checkin.window.closes, None, None)


def _said(person: int, name: str, state: str, since: Instant, stage: int | None, officer: str | None) -> Said:
    told = {"person": ids.text("p", person), "code_name": name, "state": state, "since": instants.rfc3339(since)}
    return told | {"stage": stage, "officer": officer}


HANDLERS: Final[dict[str, Handler]] = {"contact-due": due, "contact-late": late}
