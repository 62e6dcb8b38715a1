"""Play a story: each event at its hour, texts through the real spool, and a look at whether the desk shows what it must."""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override, pgettext

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.listening import spool_folder
from ojakgyo.apps.people.queries import code_names, person_written
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.demo import area, looking, phone
from ojakgyo.demo.cast import NIGHT, OUTAGE, Event, Expectation, GuideLine, ReportEvent, SmsEvent
from ojakgyo.demo.cast.outage import AgreedEvent, AreaExpectation, ElsewhereEvent, LoggedEvent
from ojakgyo.demo.officers import desk_of
from ojakgyo.demo.world import story_start
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import Instant
from ojakgyo.web.clocks import clock

STORIES: Final = {"night": NIGHT, "outage": OUTAGE}
AT_THE_DESK: Final = "Haneul"
PATIENCE_S: Final = 15.0
TICK_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one event came to. `ok` None: nothing was expected; `link`: the page to look at."""

    minute: int
    time: str
    at: str
    sentence: str
    link: str
    ok: bool | None = None

    def as_fields(self) -> dict[str, Any]:
        return asdict(self)


def events(story: str) -> tuple[Event, ...]:
    if story not in STORIES:
        raise Refused("demo.unknown_story")
    return STORIES[story]


def play(story: str, number: int, *, languages: Iterable[str]) -> dict[str, Line]:
    """The n-th event of a story, counted from 0: the clock moved forward to it, then done, then told in each language."""
    event = events(story)[number]
    at = event.at(story_start(Path(settings.HOME)))
    settings.CLOCK.advance_to(at)
    settle()
    text = _happen(event)
    return {language: _line(event, at, text, language) for language in languages}


def settle() -> None:
    """Wait until the house has done all that follows from what has happened so far."""
    until = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < 3 and time.monotonic() < until:
        busy = any(spool_folder().iterdir()) or inbox.is_behind(settings.CLOCK.now())
        quiet = 0 if busy else quiet + 1
        time.sleep(TICK_S)


def _happen(event: Event) -> str:
    """Do what the event does, and wait for what follows; the text that was sent, if any."""
    if isinstance(event, SmsEvent):
        sms = phone.next_sms(event.who, phone.DURESS if event.duress else event.meaning.value)
        phone.send(sms, spool_folder())
        settle()
        return sms.text
    if isinstance(event, ReportEvent):
        _report(event)
        settle()
    if isinstance(event, AgreedEvent | LoggedEvent | ElsewhereEvent):
        _in_the_area(event)
        settle()
    return ""


def _in_the_area(event: AgreedEvent | LoggedEvent | ElsewhereEvent) -> None:
    desk = desk_of(AT_THE_DESK)
    if isinstance(event, AgreedEvent):
        area.agree(desk, event.calls, story_start(Path(settings.HOME)))
    elif isinstance(event, LoggedEvent):
        area.log(desk, person_written(desk, event.who))
    else:
        area.hear_elsewhere(desk, event.area)


def _report(event: ReportEvent) -> None:
    desk = desk_of(AT_THE_DESK)
    hear_report(
        desk,
        about=person_written(desk, event.about),
        source=person_written(desk, event.source),
        report=event.report,
        reliability=event.reliability,
        credibility=event.credibility,
        since=None if event.seen_for_ms is None else Instant(desk.now - event.seen_for_ms),
    )


def _line(event: Event, at: Instant, text: str, language: str) -> Line:
    with override(language):
        sentence, link, ok = _told(event, text, language)
    return Line(minute=event.minute, time=clock(at), at=instants.rfc3339(at), sentence=sentence, link=link, ok=ok)


def _told(event: Event, text: str, language: str) -> tuple[str, str, bool | None]:
    if isinstance(event, SmsEvent):
        told = pgettext("story", "A text comes in from %(who)s's phone: %(text)s. The desk answers nobody.")
        return told % {"who": _name(event.who, language), "text": text}, "/now/", None
    if isinstance(event, ReportEvent):
        told = pgettext("story", "%(source)s reports, unconfirmed: strangers at %(about)s's house.")
        return told % {"source": _name(event.source, language), "about": _name(event.about, language)}, "/now/", None
    if isinstance(event, AgreedEvent):
        return pgettext("story", "Eight windows of N3 open and close this evening."), "/now/#checkins", None
    if isinstance(event, LoggedEvent):
        told = pgettext("story", "%(who)s calls, and it is written on the log.")
        return told % {"who": _name(event.who, language)}, "/log/", None
    if isinstance(event, ElsewhereEvent):
        return pgettext("story", "Everywhere else people are in touch as agreed."), "/log/", None
    if isinstance(event, AreaExpectation):
        return area.look(desk_of(AT_THE_DESK), event)
    if isinstance(event, Expectation):
        return looking.look(event, language)
    assert isinstance(event, GuideLine)
    who = _name(event.who, language) if event.who else ""
    return pgettext("story", event.msgid) % {"who": who}, event.screen, None


def _name(written: str, language: str) -> str:
    desk = desk_of(AT_THE_DESK)
    person = person_written(desk, written)
    name: CodeName = code_names(desk, [person])[person]
    return name.ko if language == "ko" else name.en
