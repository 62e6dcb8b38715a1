"""What to do first: who is told, how and by when; for whom it is too late; and what doing nothing costs."""

import re
import threading

import pytest
from django.test import Client
from lxml import html
from world import duress

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.actions import agree_route
from ojakgyo.apps.network.actions import record_link
from ojakgyo.apps.watch import actions, explaining
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.telling import queries
from ojakgyo.apps.watch.telling.queries import first, kept
from ojakgyo.domain.facts import Answer, Exposes, LinkKind, ReportKind, RouteKind
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant


def seated(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def read(officer, query=""):
    answer = seated(officer).get(f"/watch/plan/{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.fromstring(answer.content).xpath("//main")[0].text_content())


@pytest.fixture
def taken(night):
    night.hears("Beodeul", duress)
    return night


def warning(night, name):
    return night.id_of(name)


def test_it_says_who_how_and_by_when_and_what_doing_nothing_costs(taken):
    """Yeoul is told through Haebaragi, who stands behind and whom nobody has a way to tell."""
    made = first(taken.desk("Haneul"))
    (call,) = made.calls
    assert (call.code_name.en, call.route, call.through.en) == ("Yeoul", RouteKind.RELAY, "Haebaragi")
    assert taken.now < call.told <= call.deadline
    assert [(late.code_name.en, late.no_way) for late in made.too_late] == [("Haebaragi", True)]
    assert 0.0 <= made.after.mean < made.nothing.mean
    assert made.saved.mean == pytest.approx(made.nothing.mean - made.after.mean)
    said = read("Haneul")
    assert "First Yeoul, told by" in said and "through Haebaragi" in said
    assert "There is no way to tell Haebaragi within a day." in said


@pytest.mark.parametrize("officer", ["Dasom", "Boram", "Narae"])
def test_who_may_not_see_a_reason_sees_no_order(taken, officer):
    assert first(taken.desk(officer)) is None
    said = read(officer)
    assert "The order is not shown to you" in said and "Nothing to plan" not in said
    assert not any(name in said for name in ("Yeoul", "Haebaragi", "Beodeul"))


def test_one_reason_that_is_not_seen_hides_the_whole_plan(taken):
    """Dasom sees why Durumi is in danger, and not why Yeoul is."""
    taken.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    assert first(taken.desk("Dasom")) is None
    assert len(first(taken.desk("Haneul")).calls) >= 1


def test_on_a_calm_day_there_is_nothing_to_plan(night):
    assert first(night.desk("Haneul")) is None
    assert "Nothing to plan" in read("Haneul")


def test_who_was_told_is_in_no_plan_and_stands_in_nobodys_way_any_more(taken):
    before = first(taken.desk("Haneul"))
    actions.tell_subject(
        taken.desk("Haneul"), warning=warning(taken, "Yeoul"), route=RouteKind.RELAY, answer=Answer.CONFIRMED
    )
    after = first(taken.desk("Haneul"))
    assert after.calls == () and [late.code_name.en for late in after.too_late] == ["Haebaragi"]
    assert after.nothing.mean < before.nothing.mean


def test_while_a_word_is_on_its_way_nobody_is_asked_to_send_another(taken):
    before = first(taken.desk("Haneul"))
    actions.tell_subject(
        taken.desk("Haneul"), warning=warning(taken, "Yeoul"), route=RouteKind.RELAY, answer=Answer.SENT
    )
    after = first(taken.desk("Haneul"))
    assert after.calls == () and after.nothing == before.nothing


def test_read_again_it_is_the_same_plan_and_no_longer_known_once_sealed(taken):
    made = first(taken.desk("Haneul"))
    latest.analysis(taken.desk("Haneul"))
    assert kept._made and first(taken.desk("Haneul")) == made
    kept.forget()
    assert not kept._made and first(taken.desk("Haneul")) == made


def test_more_callers_are_chosen_on_the_page(taken):
    client = seated("Haneul")
    pages = [html.fromstring(client.get(f"/watch/plan/?callers={each}").content) for each in ("2", "x")]
    chosen = [tree.xpath("//button[@name='callers'][@aria-current='true']/@value") for tree in pages]
    assert chosen == [["2"], ["1"]]
    assert first(taken.desk("Haneul"), callers=2).callers == 2


def test_reading_it_writes_nothing(taken):
    client = seated("Haneul")
    before = inbox.head()
    assert client.get("/watch/plan/").status_code == client.get("/now/").status_code == 200
    assert inbox.head() == before


def test_the_board_says_the_next_calls_to_who_may_see_them(taken):
    """At night one glance must do: who, how, told by when; and what follows if nothing is done."""
    panel = "//section[@aria-labelledby='first']"
    (found,) = html.fromstring(seated("Haneul").get("/now/").content).xpath(panel)
    said = re.sub(r"\s+", " ", found.text_content())
    assert "If nothing is done:" in said and "Yeoul through Haebaragi" in said and "now, told by" in said
    assert html.fromstring(seated("Dasom").get("/now/").content).xpath(panel) == []


def test_whoever_stands_behind_is_named_only_to_who_holds_their_cell(night):
    """Durumi of C-2 shared a house with Beodeul of N-2, whose cell Dasom does not hold; Galmae-3 was taken away."""
    day = night.now - 30 * DAY_MS
    known = {"knower": night.person("Durumi"), "known": night.person("Beodeul")}
    record_link(night.desk("Haneul"), kind=LinkKind.HOUSED, **known, mutual=True, first=day, last=day)
    night.is_told("Galmae-3", ReportKind.TAKEN_AWAY)
    behind = {}
    for officer in ("Haneul", "Dasom"):
        (late,) = first(night.desk(officer)).too_late
        assert late.code_name.en == "Durumi"
        behind[officer] = [name.en for name in late.behind], late.unnamed
    assert behind == {"Haneul": (["Beodeul"], 0), "Dasom": ([], 1)}
    assert "Beodeul" not in (said := read("Dasom")) and "1 of a cell you do not hold" in said


def test_a_plan_under_way_when_the_vault_is_sealed_is_forgotten_with_it(taken, monkeypatch):
    making, sealing = threading.Event(), threading.Event()

    def slowly(*given):
        making.set()
        sealing.wait(1.0)
        return made_before(*given)

    made_before = queries._made
    monkeypatch.setattr(queries, "_made", slowly)
    forgets = threading.Thread(target=lambda: (making.wait(5.0), sealing.set(), kept.forget()))
    forgets.start()
    assert first(taken.desk("Haneul")) is not None
    forgets.join()
    assert kept._made == {} and kept._danger is None


def test_a_plan_from_before_the_seal_is_kept_nowhere_after_it(taken, monkeypatch):
    """The vault is sealed after the analysis was read and before the plan is begun."""

    def sealed_meanwhile(desk, rows):
        kept.forget()
        return seen_before(desk, rows)

    kept.forget()
    seen_before = queries.reasons_seen
    monkeypatch.setattr(queries, "reasons_seen", sealed_meanwhile)
    assert first(taken.desk("Haneul")) is not None
    assert kept._made == {} and kept._danger is None and kept._from is None
    monkeypatch.setattr(queries, "reasons_seen", seen_before)
    assert first(taken.desk("Haneul")) is not None and kept._made


@pytest.mark.parametrize(("seconds", "usable"), [(30, True), (130, False), (270, False)])
def test_no_call_lies_behind_and_no_way_that_has_closed_is_offered(night, seconds, usable):
    """Haebaragi can be called for two minutes more; once that is over, not before tomorrow."""
    hour = Instant(-(-night.now // HOUR_MS) * HOUR_MS)
    night.at(hour)
    night.hears("Beodeul", duress)
    minute = hour // MINUTE_MS % (24 * 60)
    agree_route(
        night.desk("Haneul"),
        person=night.person("Haebaragi"),
        kind=RouteKind.AGREED_LINE,
        through=None,
        delay_ms=MINUTE_MS,
        exposes=Exposes.NOTHING_NEW,
        from_minute=minute - 60,
        to_minute=minute + 2,
    )
    night.at(hour + seconds * 1_000)
    calls = first(night.desk("Haneul")).calls
    assert calls and all(night.now <= call.begins < call.told for call in calls)
    by_line = [call.begins for call in calls if call.route is RouteKind.AGREED_LINE]
    assert (
        (by_line != [] and by_line[0] < hour + 2 * MINUTE_MS)
        if usable
        else all(each > night.now + DAY_MS - 2 * HOUR_MS for each in by_line)
    )


def test_nobody_is_told_through_whom_the_danger_comes_from(night, monkeypatch):
    """However little is believed of it."""
    monkeypatch.setattr(explaining, "taken", lambda analysis: frozenset())
    who = {"person": night.person("Yeoul"), "through": night.person("Beodeul"), "exposes": Exposes.THE_RELAY}
    agree_route(night.desk("Haneul"), kind=RouteKind.RELAY, delay_ms=MINUTE_MS, **who)
    night.hears("Beodeul", duress)
    ways = night.line("Yeoul").reason.reach
    assert "Beodeul" in {name.en for name in ways.refused}
    assert "Beodeul" not in {way.through.en for way in ways.ways if way.through}
