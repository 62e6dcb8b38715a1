"""The story outage: seven of eight people of one area are silent, and nobody is blamed, warned or woken for it."""

from pathlib import Path

import pytest
from django.conf import settings

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.listening import Spool, spool_folder
from ojakgyo.apps.contact.outages.queries import silent_areas
from ojakgyo.apps.contact.silences.queries import silences
from ojakgyo.apps.vault.actions import tend_sessions
from ojakgyo.apps.watch import queries as watch
from ojakgyo.demo import area, playing, story
from ojakgyo.demo.cast import OUTAGE, SEED, cast
from ojakgyo.demo.cast.outage import AGREED, AREA, AreaExpectation, AreaExpected, LoggedEvent
from ojakgyo.demo.officers import desk_of
from ojakgyo.demo.playing import Stage
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS
from ojakgyo.runner.house import house_desk
from ojakgyo.runner.loop import Loop

HEARD_AGAIN = next(
    number for number, event in enumerate(OUTAGE) if getattr(event, "what", None) is AreaExpected.HEARD_AGAIN
)
FIRST_LOOK = next(number for number, event in enumerate(OUTAGE) if isinstance(event, AreaExpectation))


@pytest.fixture
def stage(practice_world, monkeypatch):
    """The evening before its first event; the house works its post whenever the story waits for it."""
    spool_folder().mkdir(parents=True, exist_ok=True)
    ticks = iter(range(1_000_000))
    loop = Loop(Spool(spool_folder(), house_desk, lambda: float(next(ticks))), house_desk, tend_sessions)
    monkeypatch.setattr(story, "settle", lambda: work_off(loop))
    for name in story.STORIES:
        monkeypatch.setitem(playing.STAGES, name, Stage(name))
    yield playing.on("outage")
    for name in story.STORIES:
        (Path(settings.HOME) / f"{name}.played").unlink(missing_ok=True)


def work_off(loop):
    """Go round until nothing waits, the timers of each round included."""
    for _ in range(20):
        loop._timers_at = 0.0
        loop.go_round()
        if not any(spool_folder().iterdir()) and not inbox.is_behind(settings.CLOCK.now()):
            return


def play_to(stage, number):
    while stage.next < number:
        told = stage.play_next()["en"]
        assert told.ok is not False, told.sentence


def silent_now():
    return [(line.code, line.silent, line.of) for line in silent_areas(desk_of("Haneul"))]


def test_eight_people_of_the_area_are_to_be_in_touch_that_evening():
    world = cast(SEED, settings.CLOCK.now())
    people = {helper.key for helper in world.helpers if helper.area == AREA}
    by_plan = {
        plan.helper
        for plan in world.plans
        if plan.helper in people and 0 < plan.next.opens - world.story_start < 5 * HOUR_MS
    }
    assert {call.who for call in AGREED} | by_plan == people and len(people) == 8
    assert not {call.who for call in AGREED} & by_plan
    assert {event.who for event in OUTAGE if isinstance(event, LoggedEvent)} <= people


def test_the_story_is_told_in_order():
    assert [event.after_ms for event in OUTAGE] == sorted(event.after_ms for event in OUTAGE)
    assert {event.what for event in OUTAGE if isinstance(event, AreaExpectation)} == set(AreaExpected)
    assert OUTAGE[-1].after_ms < 2 * DAY_MS


def test_seven_of_eight_are_one_line_and_then_each_is_somebodys_to_look_after(stage):
    play_to(stage, HEARD_AGAIN)
    desk = desk_of("Haneul")
    assert silent_now() == [(AREA, 6, 8)], "one more was heard, and it is the area still"
    assert silences(desk) == () and watch.board(desk) == ()
    assert not list(inbox.every((facts.SilenceBegun, facts.WarningRaised, facts.WakeDue), after=0))

    play_to(stage, len(OUTAGE))
    expected = sum(isinstance(event, AreaExpectation) for event in OUTAGE)
    assert (stage.score.met, stage.score.of) == (expected, expected)
    assert silent_now() == []
    assert len(silences(desk_of("Haneul"))) == 5, "eight, but for who texted, who texted late and who called"
    ((silent, of),) = [(each.fact.silent, each.fact.of) for each in inbox.every((facts.AreaSilent,), after=0)]
    assert (silent, of) == (7, 8)
    assert not list(inbox.every((facts.WarningRaised, facts.WakeDue, facts.SilenceCallDue), after=0))
    assert playing.current() is stage
    with pytest.raises(Refused, match=r"demo\.another_story"):
        playing.on("night")


def test_what_is_missing_is_said(stage):
    """Before anything has happened the area is not silent, nobody is, and nothing is looked after."""
    found = {
        what: area.look(desk_of("Haneul"), AreaExpectation(minute=0, after_ms=0, what=what)) for what in AreaExpected
    }
    wrong = {what for what, (_, _, ok) in found.items() if not ok}
    assert wrong == {AreaExpected.ONE_LINE, AreaExpected.LOOKED_AFTER}
    assert all("%" not in sentence for sentence, _, _ in found.values())
