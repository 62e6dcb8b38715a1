"""What `ojak wake show` asks of an open vault: turns, gaps and ways, and no address."""

from collections.abc import Iterator
from typing import Final

from ojakgyo.apps.alerts.queries import in_seoul, officers_and_ways
from ojakgyo.apps.alerts.rota import rota
from ojakgyo.apps.alerts.values import WayLine
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain.values import instants
from ojakgyo.runner.door import Handler, Said


def show(asked: Said) -> Iterator[Said]:
    """Every turn that is not over and every gap of the next seven days, in order; then each officer's ways."""
    desk = house_desk()
    for line in rota(desk).lines:
        who = None if line.turn is None else line.turn.code_name.en
        yield {"officer": who, "opens": instants.rfc3339(line.opens), "closes": instants.rfc3339(line.closes)}
    for name, lines in officers_and_ways(desk):
        yield {"officer": name.en, "ways": [_way(line, desk.now) for line in lines]}


def _way(line: WayLine, now: instants.Instant) -> Said:
    """Quiet hours by the clock in Seoul, as they were typed."""
    return {
        "way": line.way.value,
        "answered": None if line.answered is None else instants.rfc3339(line.answered),
        "untried": line.is_untried(now),
        "quiet_from": in_seoul(line.quiet_from) if line.has_quiet_hours else None,
        "quiet_to": in_seoul(line.quiet_to) if line.has_quiet_hours else None,
    }


HANDLERS: Final[dict[str, Handler]] = {"wake-show": show}
