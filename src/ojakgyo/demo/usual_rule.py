"""The usual rule, run over the same night: a timer for each window, and when it runs out, the direct contacts.

It is given the best case: a text that the card reads as anything but well does not stop its timer.
"""

from dataclasses import dataclass

from ojakgyo.apps.contact.queries import Waiting, waiting
from ojakgyo.apps.network.queries import met_since
from ojakgyo.apps.watch.queries import unheard
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import DAY_MS, Instant

CONTACTS_MS = 30 * DAY_MS


@dataclass(frozen=True, slots=True)
class Run:
    """The first alarm, about whom, and who would be called then. None: no timer runs out."""

    first_alarm: Instant | None
    about: int | None
    contacts: frozenset[int]


def run(desk: Desk) -> Run:
    """Let every timer run that stands now; nothing more is heard from whoever was heard under duress."""
    silent = unheard(desk)
    timers = [each for each in waiting(desk) if each.person in silent]
    if not timers:
        return Run(None, None, frozenset())
    first = min(timers, key=_runs_out)
    met = met_since(first.person, Instant(_runs_out(first) - CONTACTS_MS))
    return Run(Instant(_runs_out(first)), first.person, frozenset(met))


def _runs_out(timer: Waiting) -> int:
    return timer.closes + timer.grace_ms
