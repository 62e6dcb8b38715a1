"""The night sheet: what a night without power needs, on one printed page. No number, no name, no reason stands on it."""

from typing import Final

from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.outages.queries import silent_areas
from ojakgyo.apps.contact.radio.queries import running
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.home.queries import tonight_ends
from ojakgyo.apps.home.shifts.values import NightLine, NightSheet
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.roles import OfficerRole

ROOM: Final = 32
"""So many windows one A4 page holds, with what is to be done beneath."""

SILENT_ROOM: Final = 12
A_LINE: Final = 2
"""So many silences stand in one line above the windows, which get as much less room."""


def night_sheet(desk: Desk) -> NightSheet:
    """The windows until tomorrow morning, never longer: a month's plan on one sheet must not exist."""
    until = tonight_ends(desk.now)
    windows = contact.windows_between(desk.now, until)
    silent = tuple(line for line in silences(desk) if not line.folded)
    named, areas, still = silent[:SILENT_ROOM], silent_areas(desk), running(desk)
    taken = -(-len(named) // A_LINE) + len(areas) + (still is not None)
    shown = windows[: ROOM - taken]
    persons = {window.person for window in shown}
    names, routes = code_names(desk, persons), contact.routes(persons)
    active = [each for each in vault.officers(desk) if each.state is OfficerState.ACTIVE]
    seated = {each.officer for each in vault.sittings(desk, here=None)}
    return NightSheet(
        until=until,
        lines=tuple(
            NightLine(
                names[window.person],
                window.opens,
                window.closes,
                tuple(dict.fromkeys(route.kind for route in routes.get(window.person, ()))),
            )
            for window in shown
        ),
        more=len(windows) - len(shown),
        silent=named,
        more_silent=len(silent) - len(named),
        areas=areas,
        radio=still,
        duty=tuple(each.code_name for each in active if each.id in seated),
        openers=tuple(each.code_name for each in active if OfficerRole.OPENER in each.roles),
    )
