"""Does the desk show what the story expects? Asked of the same queries that draw the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext

from ojakgyo.apps.contact import queries as contact
from ojakgyo.apps.contact.values import CheckinState
from ojakgyo.apps.people.queries import code_names, person_written
from ojakgyo.apps.watch import queries as watch
from ojakgyo.apps.watch.values import WarningLine
from ojakgyo.demo import usual_rule
from ojakgyo.demo.cast import Expectation, Expected
from ojakgyo.demo.officers import desk_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.clocks import clock_date, moment
from ojakgyo.web.words import code_name, word

Look = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """The subject of an expectation at this moment."""

    desk: Desk
    person: PersonId
    name: str
    line: WarningLine | None

    @property
    def link(self) -> str:
        return "/now/" if self.line is None else f"/watch/{ids.text('w', self.line.id)}/"


def look(expectation: Expectation, language: str) -> Look:
    """The sentence, the page and whether it is so."""
    desk = desk_of("Haneul")
    person = person_written(desk, expectation.subject)
    name = code_names(desk, [person])[person]
    line = next((line for line in watch.board(desk) if line.subject == person), None)
    return LOOKS[expectation.what](Seen(desk, person, name.ko if language == "ko" else name.en, line))


def _late(seen: Seen) -> Look:
    lines = [line for line in contact.checkins(seen.desk) if line.subject == seen.person]
    late = any(line.state in (CheckinState.LATE, CheckinState.MISSED) for line in lines)
    told = pgettext("story", "%(who)s stands among the late.") if late else pgettext("story", "%(who)s is not late.")
    return told % {"who": seen.name}, "/now/#checkins", late


def _noted(seen: Seen) -> Look:
    heard = contact.has_been_read(seen.person)
    told = pgettext("story", "The text was read. The log says Noted., as for any other; nothing went out.")
    return told if heard else pgettext("story", "The text was not read."), "/log/", heard


def _stands(seen: Seen) -> Look:
    if seen.line is None or seen.line.deadline is None:
        return pgettext("story", "No warning stands for %(who)s.") % {"who": seen.name}, "/now/", False
    told = pgettext("story", "Warn %(who)s before %(due)s.")
    return told % {"who": seen.name, "due": moment(seen.line.deadline, seen.desk.now)}, seen.link, True


def _before_window(seen: Seen) -> Look:
    following = next(iter(contact.next_windows(seen.desk, [seen.person]).get(seen.person, ())), None)
    deadline = seen.line.deadline if seen.line else None
    ok = deadline is not None and (following is None or deadline < following.opens)
    told = (
        pgettext("story", "The next window of %(who)s is too late.")
        if ok
        else pgettext("story", "%(who)s's next window is in time.")
    )
    return told % {"who": seen.name}, seen.link, ok


def _route_in_time(seen: Seen) -> Look:
    ways = seen.line.reason.reach.ways if seen.line and seen.line.reason else ()
    way = next((way for way in ways if way.route is not None and way.in_time), None)
    if way is None:
        return pgettext("story", "No route reaches %(who)s in time.") % {"who": seen.name}, seen.link, False
    through = code_name(way.through) if way.through else word(way.route)
    told = pgettext("story", "%(who)s can be told in time, through %(through)s.")
    return told % {"who": seen.name, "through": through}, seen.link, True


def _usual_rule(seen: Seen) -> Look:
    """Timers and direct contacts alone, run over the same night."""
    run = usual_rule.run(seen.desk)
    deadline = seen.line.deadline if seen.line else None
    ok = deadline is not None and (run.first_alarm is None or run.first_alarm > deadline)
    if run.first_alarm is None:
        told = pgettext("story", "Same night by the usual rule (timer, then direct contacts): no alarm at all.")
        return told, "/now/", ok
    told = pgettext(
        "story", "Same night by the usual rule (timer, then direct contacts): first alarm %(alarm)s; %(who)s too late."
    )
    if not ok:
        told = pgettext("story", "Same night by the usual rule: first alarm %(alarm)s, in time for %(who)s.")
    return told % {"alarm": clock_date(run.first_alarm), "who": seen.name}, "/now/", ok


LOOKS: Final[dict[Expected, Callable[[Seen], Look]]] = {
    Expected.CHECK_IN_LATE: _late,
    Expected.ANSWERED_NOTED: _noted,
    Expected.WARNING_STANDS: _stands,
    Expected.DEADLINE_BEFORE_NEXT_WINDOW: _before_window,
    Expected.ROUTE_BEFORE_DEADLINE: _route_in_time,
    Expected.USUAL_RULE_LATER: _usual_rule,
}
