"""The rota and the page of waking: who is on call now and next, gaps, who may set whose turn, and nothing of an address."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from world import NOW, told

from ojakgyo.apps.alerts import actions, queries
from ojakgyo.apps.alerts.models import Address, OnCall, Way
from ojakgyo.apps.alerts.rota import ladder, rota
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.domain import facts, waking
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.domain.waking import Span


class Visitor(Client):
    def __init__(self, night, officer: str, language: str = "en") -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        assert self.post("/enter/", {"code_name": officer, "password": f"of {officer}"}).status_code == 302
        self.post("/language/", {"language": language})

    def look(self) -> str:
        return self.get("/wake/").content.decode()


def bare(page: str) -> str:
    """Without the tokens that are drawn anew for each look."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


def set_turn(night, who: str, hours: float, until: float, *, by: str = "Haneul"):
    opens, closes = Instant(night.now + round(hours * HOUR_MS)), Instant(night.now + round(until * HOUR_MS))
    return actions.set_on_call(night.desk(by), officer=night.officer(who), opens=opens, closes=closes)


spans = st.lists(
    st.tuples(st.integers(0, 100), st.integers(1, 40)).map(lambda at: Span(at[0], at[0] + at[1])), max_size=8
)


@given(spans, st.integers(0, 50), st.integers(1, 80))
def test_an_instant_is_in_a_gap_exactly_when_nobody_has_the_call(turns, start, length):
    found = waking.gaps(turns, start=start, until=start + length)
    for instant in range(start, start + length):
        alone = not any(turn.opens <= instant < turn.closes for turn in turns)
        assert alone is any(gap.opens <= instant < gap.closes for gap in found)
    assert all(first.closes < second.opens for first, second in pairwise(found))


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_may_go_past_midnight(begins, ends, minute):
    within = (minute - begins) % 1440 < (ends - begins) % 1440
    assert waking.keeps_still(Instant(7 * DAY_MS + minute * MINUTE_MS), begins, ends) is within


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 3 * DAY_MS))
def test_quiet_hours_end_at_the_first_instant_that_is_not_still(begins, ends, now):
    until = waking.still_until(Instant(now), begins, ends)
    if waking.keeps_still(Instant(now), begins, ends):
        assert now < until <= now + DAY_MS
        assert waking.keeps_still(Instant(until - 1), begins, ends)
        assert not waking.keeps_still(until, begins, ends)


def test_the_rota_says_who_is_on_call_now_next_and_where_nobody_is(night):
    set_turn(night, "Haneul", -1, 8)
    set_turn(night, "Dasom", 8, 20)
    set_turn(night, "Boram", 24, 200)
    found = rota(night.desk("Narae"))
    assert [each.code_name.en for each in found.now] == ["Haneul"]
    assert found.following.code_name.en == "Dasom"
    assert [(gap.opens - night.now, gap.closes - night.now) for gap in found.gaps] == [(20 * HOUR_MS, 24 * HOUR_MS)]
    assert [line.turn.code_name.en if line.turn else None for line in found.lines] == ["Haneul", "Dasom", None, "Boram"]
    assert queries.wants(night.desk("Haneul")).gap == found.gaps[0]


def test_a_gap_is_said_on_now_a_day_before_and_never_where_there_is_no_rota(night):
    assert queries.wants(night.desk("Haneul")).gap is None
    set_turn(night, "Haneul", 0, 25)
    assert queries.wants(night.desk("Haneul")).gap is None
    night.clock.at(night.now + 2 * HOUR_MS)
    assert queries.wants(night.desk("Haneul")).gap.opens == NOW + 25 * HOUR_MS
    assert "Nobody is on call from" in Visitor(night, "Narae").get("/now/").content.decode()


def test_a_turn_of_somebody_who_can_not_be_woken_is_a_gap(night):
    set_turn(night, "Haneul", 0, 25)
    Address.objects.filter(officer=night.officer("Haneul")).delete()
    assert rota(night.desk("Narae")).gaps[0].opens == night.now


def test_whoever_comes_on_call_later_keeps_a_last_way(night):
    set_turn(night, "Boram", 5, 9)
    with pytest.raises(Refused, match="last_way"):
        actions.drop_way(night.desk("Boram"), officer=night.officer("Boram"), way=WayKind.MAIL)


def test_who_comes_next_on_the_rota_is_asked_after_the_safety_officers(night):
    assert night.officer("Boram") not in ladder(night.now)
    set_turn(night, "Boram", 5, 9)
    assert list(ladder(night.now))[-1] == night.officer("Boram")
    assert next(iter(ladder(Instant(night.now + 6 * HOUR_MS)))) == night.officer("Boram")


def test_who_manages_sets_anybodys_turn_and_others_their_own(night):
    set_turn(night, "Narae", 1, 2, by="Haneul") if Address.objects.filter(
        officer=night.officer("Narae")
    ).exists() else None
    with pytest.raises(Refused, match=r"vault\.role_wanted"):
        set_turn(night, "Haneul", 1, 2, by="Boram")
    set_turn(night, "Boram", 1, 2, by="Boram")
    turn = OnCall.objects.get(officer=night.officer("Boram"))
    set_turn(night, "Haneul", 3, 4)
    with pytest.raises(Refused, match=r"vault\.role_wanted"):
        actions.drop_on_call(night.desk("Boram"), turn=OnCall.objects.get(officer=night.officer("Haneul")).pk)
    actions.drop_on_call(night.desk("Boram"), turn=turn.pk)
    assert len(told(facts.OnCallDropped)) == 1


@pytest.mark.parametrize(
    ("hours", "until", "code"),
    [(2, 1, "turn_backwards"), (2, 2, "turn_backwards"), (-3, -1, "turn_over"), (0, 24 * 31 + 1, "turn_long")],
)
def test_a_turn_that_cannot_be_is_refused(night, hours, until, code):
    with pytest.raises(Refused, match=rf"alerts\.{code}"):
        set_turn(night, "Haneul", hours, until)
    assert not OnCall.objects.exists()


def test_nobody_has_the_call_who_cannot_be_woken(night):
    Address.objects.filter(officer=night.officer("Dasom")).delete()
    with pytest.raises(Refused, match=r"alerts\.no_way"):
        set_turn(night, "Dasom", 1, 2)


def test_the_same_turn_again_moves_its_end_and_one_that_has_begun_ends_now(night):
    set_turn(night, "Haneul", 0, 2)
    set_turn(night, "Haneul", 0, 5)
    (row,) = OnCall.objects.all()
    assert row.closes_ms == night.now + 5 * HOUR_MS
    night.clock.at(night.now + HOUR_MS)
    actions.drop_on_call(night.desk("Haneul"), turn=row.pk)
    assert not rota(night.desk("Haneul")).now
    with pytest.raises(Refused, match=r"alerts\.turn_over"):
        actions.drop_on_call(night.desk("Haneul"), turn=row.pk)


# The page ------------------------------------------------------------------------------------------------------------


def test_the_page_sets_a_turn_by_the_clock_in_seoul(night):
    haneul = Visitor(night, "Haneul")
    typed = {
        "officer": ids.text("o", night.officer("Dasom")),
        "opens": "2026-11-24T20:00",
        "closes": "2026-11-25T08:00",
    }
    assert haneul.post("/wake/turn/", typed).status_code == 302
    row = OnCall.objects.get()
    assert (row.opens_ms - NOW, row.closes_ms - row.opens_ms) == (48 * MINUTE_MS, 12 * HOUR_MS)
    page = haneul.look()
    assert "Nobody is on call now" in page and "Next: Dasom, from 20:00." in page
    refused = haneul.post("/wake/turn/", typed | {"closes": "never"})
    assert (refused.status_code, "2026-11-24T20:00" in refused.content.decode()) == (409, True)


def test_the_key_of_a_webhook_is_shown_once_and_an_address_never(night):
    haneul = Visitor(night, "Haneul")
    kept = haneul.post("/wake/way/", {"way": "webhook", "address": "https://somebody.invalid/topic"})
    key = queries.ways.target(night.desk("Haneul"), night.officer("Haneul"), WayKind.WEBHOOK).secret
    assert kept.status_code == 200 and len(key) == 64 and key in kept.content.decode()
    for page in (haneul.look(), Visitor(night, "Dasom").look(), kept.content.decode()):
        assert "somebody.invalid" not in page and "haneul@desk.invalid" not in page
    assert key not in haneul.look()


def test_to_change_where_one_is_woken_takes_the_password_again(night, monkeypatch):
    haneul = Visitor(night, "Haneul")
    tick = seats._tick
    monkeypatch.setattr(seats, "_tick", lambda: tick() + CONFIRMED_S + 1)
    typed = {"way": "webhook", "address": "https://somebody.invalid/topic"}
    assert haneul.post("/wake/way/", typed).status_code == 409 and not Way.objects.exists()
    assert haneul.post("/wake/drop/", {"way": "mail"}).status_code == 409
    assert haneul.post("/wake/way/", typed | {"password_again": "of Haneul"}).status_code == 200


def test_a_test_on_the_page_sounds_here_and_on_now_and_is_answered_here(night):
    boram = Visitor(night, "Boram")
    assert "data-asks" not in boram.look()
    assert boram.post("/wake/try/", {"way": "page"}).status_code == 302
    assert "data-asks" in boram.look() and "This is a test call" in boram.look()
    assert "data-asks" in boram.get("/now/").content.decode()
    assert boram.post("/wake/answer/", {"way": "page"}).status_code == 302
    assert "data-asks" not in boram.look()


def test_quiet_hours_are_typed_as_in_seoul_and_both_or_none(night):
    haneul = Visitor(night, "Haneul")
    assert haneul.post("/wake/quiet/", {"way": "mail", "begins": "23:00", "ends": "07:30"}).status_code == 302
    row = Address.objects.get(officer=night.officer("Haneul"))
    assert (row.quiet_from, row.quiet_to) == (14 * 60, 22 * 60 + 30)
    assert "from 23:00 to 07:30" in haneul.look()
    assert haneul.post("/wake/quiet/", {"way": "mail", "begins": "23:00", "ends": ""}).status_code == 409
    assert haneul.post("/wake/quiet/", {"way": "mail", "begins": "", "ends": ""}).status_code == 302
    assert "Keeps still" not in haneul.look()


def test_now_says_what_about_waking_wants_a_look_and_leads_to_the_page(night):
    haneul = Visitor(night, "Haneul")
    assert "/wake/#ways" in haneul.get("/now/").content.decode()
    Address.objects.update(answered_ms=night.now)
    assert "/wake/" not in haneul.get("/now/").content.decode()
    assert "/wake/" in haneul.get("/vault/").content.decode()


def test_nothing_of_waking_differs_between_well_and_duress_for_who_may_not_see_why(night):
    """Boram is on call: what the page shows before anything is red is the same, whatever was written."""
    set_turn(night, "Boram", 0, 9, by="Boram")
    boram = Visitor(night, "Boram")
    before = bare(boram.look())
    night.hears("Beodeul", "duress")
    assert bare(boram.look()) == before and "Boram is on call" in before


def test_once_there_was_a_turn_an_hour_without_one_is_said_on_now_and_on_wake(night):
    assert queries.wants(night.desk("Haneul")).gap is None
    set_turn(night, "Haneul", 0, 1)
    night.goes_on(hours=2)
    found = queries.wants(night.desk("Haneul")).gap
    assert found is not None and found.opens <= night.now
    visitor = Visitor(night, "Haneul")
    assert "Nobody is on call now" in visitor.look() and "There is no rota" not in visitor.look()
    assert "Nobody is on call now" in visitor.get("/now/").content.decode()
