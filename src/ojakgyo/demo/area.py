"""An area in a story: who is heard in it and outside, and whether the desk shows of it what the story expects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext

from ojakgyo.apps.alerts.models import Wake
from ojakgyo.apps.contact.actions import agree_window, type_message
from ojakgyo.apps.contact.listening import spool_folder
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.contact.outages.queries import people_of_area, silent_areas
from ojakgyo.apps.contact.outages.values import OutageLine
from ojakgyo.apps.contact.signs import heard_since
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.network.queries import areas_known
from ojakgyo.apps.people.queries import code_names, person_written
from ojakgyo.apps.watch import queries as watch
from ojakgyo.demo import phone
from ojakgyo.demo.cast.outage import AreaExpectation, AreaExpected, Call
from ojakgyo.domain.checkins.windows import GRACE_MS, Region
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant

Look = tuple[str, str, bool]
LINE: Final = "/now/#silences"
SILENT, OF = 7, 8
SAID: Final = "잘 있습니다"
"""What is written down of a call without a card."""


def agree(desk: Desk, calls: tuple[Call, ...], start: Instant) -> None:
    """The windows of this evening, by the same act as on the page."""
    for call in calls:
        agree_window(
            desk,
            person=person_written(desk, call.who),
            opens=Instant(start + call.opens_ms),
            closes=Instant(start + call.closes_ms),
            grace_ms=GRACE_MS[Region.BORDER],
        )


def log(desk: Desk, person: PersonId) -> None:
    """Somebody was heard, and an officer writes it down."""
    type_message(desk, person=person, words=SAID)


def hear_elsewhere(desk: Desk, area: str) -> None:
    """Who has a card writes by it, everybody else is heard and written down."""
    away = _people(desk, area)
    begun = Window.objects.filter(state=WindowState.AGREED, opens_ms__lte=desk.now)
    awaited = set(begun.values_list("person_id", flat=True)) - away
    names = code_names(desk, awaited)
    for person in sorted(awaited):
        try:
            phone.send(phone.next_sms(names[person].en, Meaning.WELL.value), spool_folder())
        except Refused:
            log(desk, PersonId(person))


@dataclass(frozen=True, slots=True)
class Seen:
    """An area at this moment. `line`: what is said of it as a whole."""

    desk: Desk
    code: str
    people: frozenset[int]
    line: OutageLine | None

    @property
    def silences(self) -> frozenset[int]:
        return frozenset(line.person for line in silences(self.desk)) & self.people

    @property
    def missed(self) -> frozenset[int]:
        """Who missed a window, as nobody had before the story, and has not been heard since."""
        missed = Window.objects.filter(person_id__in=self.people, state=WindowState.MISSED)
        opens = dict(missed.values_list("person_id", "opens_ms"))
        return frozenset(opens.keys() - heard_since(opens))


def look(desk: Desk, expectation: AreaExpectation) -> Look:
    """The sentence, the page and whether it is so."""
    line = next((line for line in silent_areas(desk) if line.code == expectation.area), None)
    seen = Seen(desk, expectation.area, _people(desk, expectation.area), line)
    told, link, ok = LOOKS[expectation.what](seen)
    return told % {"area": seen.code}, link, ok


def _people(desk: Desk, area: str) -> frozenset[int]:
    known = next(each for each in areas_known() if each.code == area)
    return frozenset(people_of_area(desk, known.id))


def _one_line(seen: Seen) -> Look:
    if seen.line is None:
        return pgettext("story", "%(area)s is not said to be silent."), "/now/", False
    told = pgettext("story", "One grey line: %%(area)s, %(silent)s of %(of)s silent, probably the area.")
    ok = (seen.line.silent, seen.line.of) == (SILENT, OF)
    return told % {"silent": seen.line.silent, "of": seen.line.of}, LINE, ok


def _nobody_blamed(seen: Seen) -> Look:
    if seen.silences:
        return pgettext("story", "Somebody's own silence stands in %(area)s."), LINE, False
    return pgettext("story", "No silence of anybody in %(area)s stands."), LINE, True


def _nobody_warned(seen: Seen) -> Look:
    if any(line.subject in seen.people for line in watch.board(seen.desk)):
        return pgettext("story", "A warning stands for somebody in %(area)s."), "/now/", False
    return pgettext("story", "No warning stands for anybody in %(area)s."), "/now/", True


def _nobody_woken(seen: Seen) -> Look:
    windows = Window.objects.filter(person_id__in=seen.people).values_list("pk", flat=True)
    if Wake.objects.filter(window__in=list(windows)).exists():
        return pgettext("story", "An officer was woken for %(area)s."), "/practice/sink/", False
    return pgettext("story", "No officer was woken for %(area)s."), "/practice/sink/", True


def _heard_again(seen: Seen) -> Look:
    if seen.line is not None:
        return pgettext("story", "%(area)s is still said to be silent."), LINE, False
    return pgettext("story", "Three of eight are heard: the line of %(area)s is gone."), "/now/", True


def _looked_after(seen: Seen) -> Look:
    if not seen.missed or seen.silences != seen.missed:
        return pgettext("story", "Nobody looks after those of %(area)s who are still silent."), "/now/", False
    return pgettext("story", "Each of %(area)s who is still silent has a line of their own."), LINE, True


LOOKS: Final[dict[AreaExpected, Callable[[Seen], Look]]] = {
    AreaExpected.ONE_LINE: _one_line,
    AreaExpected.NOBODY_BLAMED: _nobody_blamed,
    AreaExpected.NOBODY_WARNED: _nobody_warned,
    AreaExpected.NOBODY_WOKEN: _nobody_woken,
    AreaExpected.HEARD_AGAIN: _heard_again,
    AreaExpected.LOOKED_AFTER: _looked_after,
}
