"""What is agreed with a helper: windows that follow by themselves, routes, and what is missing on a calm day."""

import pytest
from django.test import override_settings
from world import told

from ojakgyo.apps.chronicle.acts import record, writing
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.contact import graces
from ojakgyo.apps.contact.actions import (
    agree_noticer,
    agree_pattern,
    agree_plan,
    agree_route,
    agree_stand_aside,
    agree_window,
    type_message,
)
from ojakgyo.apps.contact.agreements.acts import drop_route, end_plan
from ojakgyo.apps.contact.agreements.following import agree_following
from ojakgyo.apps.contact.agreements.forms import NoticerForm, RouteForm
from ojakgyo.apps.contact.agreements.queries import agreements
from ojakgyo.apps.contact.models import ContactPlan, Window, WindowSource, WindowState
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.models import PersonRole
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain.checkins import patterns
from ojakgyo.domain.checkins.windows import Region
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import (
    Exposes,
    MachineLost,
    PatternAgreed,
    RouteKind,
    StandAside,
    WindowAgreed,
    WindowKept,
    WindowMissed,
)
from ojakgyo.domain.planning.gaps import GapKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

WEEK = 7 * DAY_MS


def plan(night, who="Noeul", *, days=2, every=7, grace_hours=24):
    """From so many days from now on, every week."""
    first = Instant(night.now + days * DAY_MS)
    agree_plan(
        night.desk("Haneul"),
        person=night.person(who),
        first=first,
        every_days=every,
        length_ms=HOUR_MS,
        grace_ms=grace_hours * HOUR_MS,
    )
    return first


def waited_for(night, who="Noeul"):
    rows = Window.objects.filter(person_id=night.person(who), state=WindowState.AGREED).order_by("opens_ms")
    return list(rows.values_list("opens_ms", flat=True))


def agreed(night, who="Noeul"):
    return agreements(night.desk("Haneul"), [night.person(who)])[night.person(who)]


def test_a_plan_agrees_its_first_window_and_no_other(night):
    first = plan(night)
    assert waited_for(night) == [first]


def test_a_kept_window_leads_to_the_next_one_of_the_plan(night):
    first = plan(night, days=3)
    night.at(first)
    type_message(night.desk("Haneul"), person=night.person("Noeul"), words="well, by voice")
    night.goes_on(minutes=1)
    assert waited_for(night) == [first + WEEK]
    assert len(told(WindowKept)) >= 1


def test_a_row_that_was_used_says_when_next_instead_of_the_plan(night):
    first = plan(night, "Beodeul", days=3)
    night.at(first)
    night.hears("Beodeul")
    assert first + WEEK not in waited_for(night, "Beodeul")
    assert Window.objects.get(person_id=night.person("Beodeul"), state="agreed").source is WindowSource.ROW


def test_a_missed_window_leads_to_the_next_one_too(night):
    first = plan(night)
    night.at(first + HOUR_MS + DAY_MS)
    assert [fact.person for fact in told(WindowMissed)][-1] == night.person("Noeul")
    assert waited_for(night) == [first + WEEK]


def test_the_same_fact_read_again_agrees_nothing_more(night):
    first = plan(night)
    night.at(first + HOUR_MS + DAY_MS)
    before = len(told(WindowAgreed))
    fact = [each for each in told(WindowMissed) if each.person == night.person("Noeul")][-1]
    for _ in range(2):
        with writing("again"):
            agree_following(house_desk(), seq=1, fact=fact)
    assert len(told(WindowAgreed)) == before
    assert waited_for(night) == [first + WEEK]


def test_a_daily_plan_with_days_of_grace_never_agrees_a_window_that_is_over(night):
    first = plan(night, every=1, grace_hours=72)
    night.at(first + HOUR_MS + 3 * DAY_MS)
    (opens,) = waited_for(night)
    assert night.now < opens <= night.now + DAY_MS
    assert (opens - first) % DAY_MS == 0


def test_a_window_agreed_by_hand_stands_in_the_place_of_the_plans_next(night):
    first = plan(night)
    by_hand = Instant(first + 3 * DAY_MS)
    agree_window(
        night.desk("Haneul"),
        person=night.person("Noeul"),
        opens=by_hand,
        closes=Instant(by_hand + HOUR_MS),
        grace_ms=HOUR_MS,
    )
    night.at(first + HOUR_MS + DAY_MS)
    assert waited_for(night) == [by_hand]
    night.at(by_hand + 2 * HOUR_MS)
    assert waited_for(night) == [first + WEEK]


def test_a_new_plan_takes_the_place_of_the_old_one_and_of_what_has_not_opened(night):
    plan(night)
    later = plan(night, days=4)
    assert waited_for(night) == [later]
    waiting = Due.objects.filter(kind="contact.window", state=DueState.WAITING)
    own = set(Window.objects.filter(person_id=night.person("Noeul")).values_list("pk", flat=True))
    assert [row.about for row in waiting if row.about in own] == list(own)


def test_an_ended_plan_waits_for_nothing(night):
    plan(night)
    end_plan(night.desk("Haneul"), person=night.person("Noeul"))
    assert waited_for(night) == []
    with pytest.raises(Refused, match=r"contact\.nothing_agreed"):
        end_plan(night.desk("Haneul"), person=night.person("Noeul"))


def test_a_lost_machine_ends_every_plan(night):
    plan(night)
    with writing("the machine is lost"):
        record(night.desk("Haneul"), MachineLost())
    night.settle()
    assert not ContactPlan.objects.exists()
    assert waited_for(night) == []


def test_the_same_time_is_not_agreed_twice(night):
    first = plan(night)
    with pytest.raises(Refused, match=r"contact\.window_again"):
        agree_window(
            night.desk("Haneul"),
            person=night.person("Noeul"),
            opens=first,
            closes=Instant(first + HOUR_MS),
            grace_ms=HOUR_MS,
        )


def test_nobody_warns_or_notices_for_themselves(night):
    noeul = night.person("Noeul")
    with pytest.raises(Refused, match=r"contact\.oneself"):
        agree_noticer(night.desk("Haneul"), person=noeul, noticer=noeul, delay_ms=HOUR_MS)
    with pytest.raises(Refused, match=r"contact\.oneself"):
        route(night, through=noeul)
    with pytest.raises(Refused, match=r"contact\.relay_wanted"):
        route(night, through=None)


def route(night, *, through):
    return agree_route(
        night.desk("Haneul"),
        person=night.person("Noeul"),
        kind=RouteKind.RELAY,
        through=through,
        delay_ms=30 * MINUTE_MS,
        exposes=Exposes.THE_RELAY,
    )


def test_both_ends_of_the_mile_are_missing_until_they_are_agreed(night):
    """Noeul has neither window, route nor noticer; each agreement closes its own gap."""
    assert [(gap.kind, gap.until) for gap in agreed(night).gaps] == [
        (GapKind.NOBODY_WARNS, None),
        (GapKind.NOBODY_NOTICES, None),
    ]
    first = plan(night)
    missed = first + HOUR_MS + DAY_MS
    assert [gap.until for gap in agreed(night).gaps] == [first, missed]
    number = route(night, through=night.person("Haebaragi"))
    assert [gap.kind for gap in agreed(night).gaps] == [GapKind.NOBODY_NOTICES]
    agree_noticer(
        night.desk("Haneul"), person=night.person("Noeul"), noticer=night.person("Sonagi"), delay_ms=6 * HOUR_MS
    )
    assert agreed(night).gaps == ()
    drop_route(night.desk("Haneul"), person=night.person("Noeul"), route=number)
    assert [gap.kind for gap in agreed(night).gaps] == [GapKind.NOBODY_WARNS]


def test_a_window_that_is_open_can_be_used_to_warn(night):
    first = plan(night)
    night.at(first)
    assert [gap.kind for gap in agreed(night).gaps] == [GapKind.NOBODY_NOTICES]


def test_a_stand_aside_plan_is_kept_with_whom_they_look_after(night):
    agree_stand_aside(night.desk("Haneul"), person=night.person("Noeul"), aside=StandAside.LEAVE, adults=2, children=1)
    agree_stand_aside(night.desk("Haneul"), person=night.person("Noeul"), aside=StandAside.LIE_LOW, children=2)
    aside = agreed(night).aside
    assert (aside.aside, aside.adults, aside.children) == (StandAside.LIE_LOW, 0, 2)


def test_who_warns_or_notices_is_of_a_cell_that_is_held_by_hand_as_in_an_import(night):
    """Narae holds C-1 and C-2; Beodeul belongs to N-2."""
    for desk, taken in ((night.desk("Narae"), False), (night.desk("Haneul"), True)):
        for form in (RouteForm(desk, {"route": "relay", "through": "버들"}), NoticerForm(desk, {"noticer": "Beodeul"})):
            assert form.is_valid() is taken
            assert taken or set(form.faults.values()) == {"vault.not_held"}
    near = NoticerForm(night.desk("Narae"), {"noticer": "Haebaragi"})
    assert near.is_valid() and near.new_noticer().noticer == night.person("Haebaragi")


def pattern(night, written, *, who="Noeul", zone="Asia/Seoul", minutes=60):
    read = patterns.read(
        written, zone=zone, first=night.now, length_ms=minutes * MINUTE_MS, grace_ms=DAY_MS, now=night.now
    )
    agree_pattern(night.desk("Haneul"), person=night.person(who), plan=read)
    return read


@pytest.mark.parametrize("written", ["30 21 * * *", "DTSTART:20261120T213000\nRRULE:FREQ=DAILY"])
def test_windows_follow_by_a_wall_clock_one_at_a_time(night, written):
    pattern(night, written, zone="Asia/Shanghai")
    (first,) = waited_for(night)
    assert instants.aware(first).strftime("%H:%M") == "13:30"
    assert told(PatternAgreed)[-1].first == first
    night.at(first + HOUR_MS + DAY_MS)
    (second,) = waited_for(night)
    assert second == first + 2 * DAY_MS  # the day between is over, grace and all
    assert ContactPlan.objects.get(person=night.person("Noeul")).rule != ""


def test_a_counted_rule_comes_to_its_end_and_nobody_is_waited_for(night):
    pattern(night, "FREQ=DAILY;COUNT=1;BYHOUR=21")
    (first,) = waited_for(night)
    night.at(first + HOUR_MS + DAY_MS)
    assert waited_for(night) == []


def test_a_plan_of_days_takes_the_place_of_a_pattern(night):
    pattern(night, "30 21 * * *")
    first = plan(night)
    row = ContactPlan.objects.get(person=night.person("Noeul"))
    assert (waited_for(night), row.rule, row.every_days) == ([first], "", 7)


@pytest.mark.parametrize(
    ("toml", "who", "hours"),
    [
        ({}, "Galmae-3", 6),
        ({}, "Noeul", 24),
        ({"OJAK_INSIDE_AREAS": {"N1", "N2", "N3"}}, "Noeul", 72),
        ({"OJAK_GRACE_HOURS": {Region.CHINA: 4}}, "Galmae-3", 4),
    ],
)
def test_the_grace_is_that_of_the_region_as_the_house_is_told(night, toml, who, hours):
    desk, person = night.desk("Haneul"), night.person(who)
    with override_settings(**toml):
        assert graces.usual_ms(desk, cells_of([person])[person], person) == hours * HOUR_MS


def test_whoever_is_on_the_move_is_missed_after_two_hours(night):
    desk, person = night.desk("Haneul"), night.person("Noeul")
    PersonRole.objects.create(person_id=person, role="traveller")
    assert graces.usual_ms(desk, cells_of([person])[person], person) == 2 * HOUR_MS
