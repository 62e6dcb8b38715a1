"""The practice world: its counts, its fixed relations, and that nothing in it could be real."""

from collections import Counter
from itertools import pairwise

import phonenumbers
import pytest

from ojakgyo.demo.cast import (
    NIGHT,
    SEED,
    Expectation,
    Expected,
    GuideLine,
    ReportEvent,
    SmsEvent,
    cast,
    story_start,
)
from ojakgyo.demo.cast.parts import CardStage, Node, NodeKind
from ojakgyo.demo.cast.people import NAMED
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.checkins.windows import WindowState, state
from ojakgyo.domain.facts import Exposes, LineState, LinkKind, Meaning, ReportKind, RouteKind
from ojakgyo.domain.names.codename import CodeName, parse
from ojakgyo.domain.names.words import WORDS
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant, rfc3339
from ojakgyo.domain.values.instants import parse as instant
from ojakgyo.domain.values.roles import OfficerRole

NOW = instant("2026-11-24T09:58:20+09:00")
SEEDS = [SEED, 0, 1, 2026]
FIVE_KINDS = {LinkKind.MET, LinkKind.CALLED, LinkKind.HOUSED, LinkKind.PAID, LinkKind.HANDED_OVER}


@pytest.fixture(params=SEEDS)
def world(request):
    return cast(request.param, NOW)


def person(key):
    return Node(NodeKind.PERSON, key)


def between(world, one, other):
    """Kinds and ages in days of the links that join two nodes, oldest first."""
    return [
        (link.kind, (world.story_start - link.happened) // DAY_MS)
        for link in world.links
        if {link.source, link.target} == {one, other}
    ]


def test_the_same_seed_and_day_give_the_same_world():
    assert cast(SEED, NOW) == cast(SEED, Instant(NOW + HOUR_MS))


def test_another_seed_gives_another_world():
    assert cast(SEED, NOW).links != cast(SEED + 1, NOW).links


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2026-11-24T00:00:00+09:00", "2026-11-24T10:12:00Z"),
        ("2026-11-24T19:12:00+09:00", "2026-11-24T10:12:00Z"),
        ("2026-11-24T19:12:01+09:00", "2026-11-25T10:12:00Z"),
        ("2026-11-24T23:30:00Z", "2026-11-25T10:12:00Z"),
    ],
)
def test_the_story_starts_at_the_next_twelve_past_seven_in_seoul(now, start):
    assert rfc3339(story_start(instant(now))) == start


def test_the_world_has_the_size_the_interview_gives_it(world):
    assert len(world.helpers) == len({helper.name for helper in world.helpers}) == 64
    assert Counter(cell.key[0] for cell in world.cells) == {"N": 4, "C": 5}
    assert (
        len(world.lines) == len({line.key for line in world.lines}) == len({line.number for line in world.lines}) == 38
    )
    assert Counter(line.state for line in world.lines) == {LineState.ACTIVE: 35, LineState.BURNT: 3}
    assert (len(world.cards), len(world.links), len(world.plans)) == (31, 220, 52)
    assert {area.key for area in world.areas} == {f"N{n}" for n in range(1, 7)} | {f"C{n}" for n in range(1, 9)}


def test_everything_refers_to_somebody_or_something_that_is_there(world):
    people = {helper.key for helper in world.helpers}
    nodes = {
        NodeKind.PERSON: people,
        NodeKind.LINE: {line.key for line in world.lines},
        NodeKind.PLACE: {place.key for place in world.places},
    }
    assert {line.holder for line in world.lines} | set(world.cards) <= people
    assert all(node.key in nodes[node.kind] for link in world.links for node in (link.source, link.target))
    assert {plan.helper for plan in world.plans} <= people
    assert all(route.helper in people and route.through in people | {None} for route in world.routes)
    assert all(route.line in nodes[NodeKind.LINE] | {None} for route in world.routes)
    assert all({noticer.helper, noticer.seen_by} <= people for noticer in world.noticers)
    assert {helper.area for helper in world.helpers} == {area.key for area in world.areas}


def test_every_card_has_a_live_line_to_write_from_and_a_plan(world):
    assert all(world.live_line(key) and world.plan(key) for key in world.cards)


def test_most_cards_are_in_use_and_each_other_stage_can_be_practised(world):
    assert [life.helper for life in world.lives] == list(world.cards)
    assert Counter(life.stage for life in world.lives) == {
        CardStage.IN_USE: 25,
        CardStage.RUNNING_OUT: 2,
        CardStage.PRINTED: 1,
        CardStage.WAITING: 1,
        CardStage.RENEWED: 1,
        CardStage.LOST: 1,
    }
    left = {life.stage: [ROWS - each.used for each in world.lives if each.stage is life.stage] for life in world.lives}
    assert sorted(left[CardStage.RUNNING_OUT]) == [2, 3]
    assert all(4 <= rows <= ROWS for rows in left[CardStage.IN_USE])


def test_who_the_stories_speak_of_has_used_no_row(world):
    named = {CodeName.of(word, number).en for each in NAMED.values() for word, number in each}
    lives = [(life.stage, life.used) for life in world.lives if life.helper in named]
    assert lives == [(CardStage.IN_USE, 0)] * len(named)


def test_no_number_can_be_real_yet_each_has_a_possible_length(world):
    numbers = [phonenumbers.parse(line.number) for line in world.lines]
    assert all(phonenumbers.is_possible_number(number) for number in numbers)
    assert not any(phonenumbers.is_valid_number(number) for number in numbers)
    assert {number.country_code for number in numbers} == {86, 850}
    written = [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) for number in numbers]
    assert written == [line.number for line in world.lines]


def test_no_cell_bears_a_word_of_the_list(world):
    assert not {cell.name for cell in world.cells} & set(WORDS)


def test_the_officers_hold_the_roles_and_keys_of_the_cast(world):
    all_cells = {cell.key for cell in world.cells}
    haneul, boram, narae, dasom = world.officers
    assert [officer.key for officer in world.officers] == ["Haneul", "Boram", "Narae", "Dasom"]
    assert haneul.roles == (OfficerRole.COORDINATOR, OfficerRole.SAFETY, OfficerRole.OPENER)
    assert (boram.roles, narae.roles, dasom.roles) == (
        (OfficerRole.TREASURER, OfficerRole.OPENER),
        (OfficerRole.PROTECTION, OfficerRole.AUDITOR),
        (OfficerRole.SAFETY,),
    )
    assert haneul.cells == boram.cells == all_cells
    assert dasom.cells == all_cells - {"N-2"}


def test_everybody_has_a_name_of_their_own_that_is_no_code_name(world):
    names = {helper.real_name for helper in world.helpers}
    assert len(names) == len(world.helpers)
    assert not [word for word in WORDS for name in names if word in name]


def test_every_cell_opens_for_two_officers_or_more(world):
    holders = Counter(cell for officer in world.officers for cell in officer.cells)
    assert set(holders) == {cell.key for cell in world.cells} and min(holders.values()) >= 2


def test_links_are_of_five_kinds_and_none_is_older_than_ninety_days(world):
    assert {link.kind for link in world.links} == FIVE_KINDS
    assert all(NOW - 90 * DAY_MS < link.happened < NOW for link in world.links)
    assert all(link.source != link.target and link.source.kind == NodeKind.PERSON for link in world.links)


@pytest.mark.parametrize(
    ("kind", "ends_at"),
    [
        (LinkKind.MET, NodeKind.PERSON),
        (LinkKind.CALLED, NodeKind.LINE),
        (LinkKind.HOUSED, NodeKind.PLACE),
        (LinkKind.PAID, NodeKind.PERSON),
        (LinkKind.HANDED_OVER, NodeKind.PERSON),
    ],
)
def test_a_call_ends_at_a_line_and_a_stay_at_a_place(world, kind, ends_at):
    assert {link.target.kind for link in world.links if link.kind == kind} == {ends_at}


def test_what_leads_away_from_beodeul_is_the_same_for_every_seed(world):
    touching = {person("Beodeul"), Node(NodeKind.LINE, "phone/Beodeul"), Node(NodeKind.PLACE, "house/N-2/upper")}
    neighbours = {
        node.key
        for link in world.links
        if touching & {link.source, link.target}
        for node in {link.source, link.target} - touching
    }
    assert neighbours == {"Yeoul", "Noeul", "Sonagi", "Seori-5"}


def test_yeoul_called_beodeuls_phone_on_two_days_of_the_last_fortnight(world):
    calls = between(world, person("Yeoul"), Node(NodeKind.LINE, "phone/Beodeul"))
    assert [kind for kind, _ in calls] == [LinkKind.CALLED] * 2
    assert len({age for _, age in calls}) == 2
    assert all(age < 14 for _, age in calls)


def test_a_phone_endangers_who_called_it_and_a_caller_not_the_phones_other_callers(world):
    """Else Yeoul, taken, would endanger everybody who ever called Beodeul."""
    calls = [link for link in world.links if link.kind == LinkKind.CALLED]
    assert all((link.knower, link.known, link.mutual) == (link.target, link.source, False) for link in calls)
    assert all(link.mutual and link.knower == link.source for link in world.links if link.kind != LinkKind.CALLED)


def test_the_others_of_the_night_stand_where_the_story_needs_them(world):
    house = Node(NodeKind.PLACE, "house/N-2/upper")
    assert between(world, person("Beodeul"), house)
    assert between(world, person("Noeul"), house)
    assert LinkKind.PAID in {kind for kind, _ in between(world, person("Yeoul"), person("Durumi"))}
    assert all(age > 60 for _, age in between(world, person("Beodeul"), person("Seori-5")))
    cells = {key: world.helper(key).cell for key in ("Beodeul", "Yeoul", "Noeul", "Sonagi", "Haebaragi", "Durumi")}
    assert cells == dict.fromkeys(("Beodeul", "Yeoul", "Noeul", "Sonagi"), "N-2") | dict.fromkeys(
        ("Haebaragi", "Durumi"), "C-2"
    )
    assert {"Beodeul", "Sonagi", "Durumi"} <= set(world.cards)


def test_when_the_story_starts_beodeul_alone_is_late_by_two_hours(world):
    start = world.story_start
    late = [plan.helper for plan in world.plans if state(plan.next, start) in (WindowState.LATE, WindowState.MISSED)]
    assert late == ["Beodeul"]
    assert start - world.plan("Beodeul").next.closes == 2 * HOUR_MS


def test_nine_others_are_due_before_midnight(world):
    midnight = world.story_start + 4 * HOUR_MS + 48 * MINUTE_MS
    due = [plan.helper for plan in world.plans if world.story_start < plan.next.opens < midnight]
    assert len(due) == 9


def test_every_window_that_is_over_was_kept_and_lies_before_now(world):
    past = [planned for plan in world.plans for planned in plan.past]
    assert all(planned.heard < NOW for planned in past)
    assert all(state(planned.window, NOW, planned.heard) == WindowState.HEARD for planned in past)


def test_beodeul_was_late_three_times_of_the_last_ten(world):
    past = world.plan("Beodeul").past
    assert [planned.heard >= planned.window.closes for planned in past].count(True) == 3
    assert len(past) == 10


def test_windows_of_one_helper_lie_at_least_four_days_apart(world):
    """Five to nine days by the calendar, at another hour each time."""
    for plan in world.plans:
        opens = [planned.window.opens for planned in plan.windows]
        assert all(after - before > 4 * DAY_MS for before, after in pairwise(opens))


def test_most_windows_come_round_by_themselves_and_beodeuls_does_not(world):
    every = [plan.every_days for plan in world.plans]
    assert 40 <= len([days for days in every if days]) < len(every)
    assert world.plan("Beodeul").every_days is None


def test_five_phones_run_out_within_the_week_and_none_the_stories_speak_of(world):
    soon = {c.line for c in world.charges if min(c.expires, c.topup or c.expires) < world.story_start + 7 * DAY_MS}
    named = {CodeName.of(word, number).en for each in NAMED.values() for word, number in each}
    holders = {line.holder for line in world.lines if line.key in soon}
    assert len(holders) == 5 and not holders & named
    assert all(charge.expires > world.story_start for charge in world.charges)


def test_somebody_is_on_call_when_the_story_starts_and_one_night_is_free(world):
    turns = world.rota
    assert turns[0].opens <= world.story_start < turns[0].closes
    assert [after.opens - before.closes for before, after in pairwise(turns)].count(12 * HOUR_MS) == 1
    assert {turn.officer for turn in turns} <= {officer.key for officer in world.officers}


def test_yeouls_next_window_is_days_away_but_haebaragi_can_tell_yeoul_in_about_an_hour(world):
    (route,) = world.routes_to("Yeoul")
    assert world.plan("Yeoul").next.opens - world.story_start > 3 * DAY_MS
    assert (route.kind, route.through, route.exposes) == (RouteKind.RELAY, "Haebaragi", Exposes.THE_RELAY)
    assert abs(route.delay_ms - HOUR_MS) <= 10 * MINUTE_MS
    assert route.from_hour <= 19 < route.to_hour


def test_most_helpers_have_a_warning_route_and_a_noticer_and_some_have_none(world):
    for told in ({route.helper for route in world.routes}, {noticer.helper for noticer in world.noticers}):
        assert len(told) == 51


def test_nobody_is_to_be_warned_through_or_noticed_by_beodeul(world):
    assert "Beodeul" not in {route.through for route in world.routes} | {noticer.seen_by for noticer in world.noticers}


def test_nobody_is_their_own_relay_or_noticer(world):
    assert all(route.helper != route.through for route in world.routes)
    assert all(noticer.helper != noticer.seen_by for noticer in world.noticers)


def test_the_night_plays_in_order_and_names_only_people_of_the_world(world):
    assert [event.after_ms for event in NIGHT] == sorted(event.after_ms for event in NIGHT)
    assert sorted({event.minute for event in NIGHT}) == [0, 1, 2, 3, 4, 5, 6, 9, 10]
    named = {getattr(event, field, None) for event in NIGHT for field in ("who", "about", "source", "subject")}
    assert named - {None} <= {helper.key for helper in world.helpers}


def test_the_night_is_two_texts_and_a_report():
    texts = [event for event in NIGHT if isinstance(event, SmsEvent)]
    start = instant("2026-11-24T19:12:00+09:00")
    assert [(text.who, text.meaning, text.duress) for text in texts] == [
        ("Sonagi", Meaning.DANGER, False),
        ("Beodeul", Meaning.WELL, True),
    ]
    assert [rfc3339(text.at(start)) for text in texts] == ["2026-11-24T10:14:00Z", "2026-11-24T10:20:00Z"]
    (report,) = [event for event in NIGHT if isinstance(event, ReportEvent)]
    assert (report.about, report.report) == ("Beodeul", ReportKind.STRANGERS_AT_THE_HOUSE)


def test_the_night_expects_yeoul_and_noeul_to_be_warned():
    expected = [event for event in NIGHT if isinstance(event, Expectation)]
    assert [event.subject for event in expected if event.what == Expected.WARNING_STANDS] == ["Yeoul", "Noeul"]
    assert {event.what for event in expected} == set(Expected)


def test_the_guide_speaks_calmly_and_names_people_only_by_a_placeholder():
    words = [event for event in NIGHT if isinstance(event, GuideLine)]
    assert all("!" not in line.msgid and line.screen == "/now/" for line in words)
    assert all(("%(who)s" in line.msgid) == (line.who is not None) for line in words)
    assert not [line for line in words for word in line.msgid.replace(".", " ").split() if parse(word)]
