"""A report stands for a while: source and information graded apart, and after its time it weighs nothing."""

from test_calls_may_i import Visitor
from world import told

from ojakgyo.apps.calls.queries import may_call
from ojakgyo.apps.calls.values import Because
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.models import Signal, Warning
from ojakgyo.apps.watch.reports import current_reports
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Credibility, Reliability, ReportHeard, ReportKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant


def report(night, about="Noeul", *, hours=24.0, kind=ReportKind.TAKEN_AWAY, by="Haneul"):
    seq = hear_report(
        night.desk(by),
        about=night.person(about),
        source=None,
        report=kind,
        reliability=Reliability.USUAL,
        credibility=Credibility.UNCONFIRMED,
        expires=Instant(night.now + round(hours * HOUR_MS)),
    )
    night.settle()
    return seq


def deadlines():
    return dict(Warning.objects.values_list("subject_id", "deadline_ms"))


def chance(night, about):
    held = latest.analysis(night.desk("Haneul")).beliefs.get(night.person(about))
    return None if held is None else held.probability


def quiet(night, hours):
    """Time passes and no sign comes: nothing that falls due is done."""
    night.clock.at(night.now + round(hours * HOUR_MS))


def test_left_alone_it_is_usual_unconfirmed_and_stands_for_a_week(night):
    haneul = Visitor(night, "Haneul")
    kept = haneul.post("/calls/report/", {"about": "ㄴㅇ", "report": "taken_away"})
    assert kept["Location"] == "/calls/report/?noted"
    (heard,) = told(ReportHeard)
    assert (heard.reliability, heard.credibility) == (Reliability.USUAL, Credibility.UNCONFIRMED)
    assert heard.expires == night.now + 7 * DAY_MS
    for days in (1, 30):
        haneul.post("/calls/report/", {"about": "Noeul", "report": "seen_well", "days": str(days)})
        assert told(ReportHeard)[-1].expires == night.now + days * DAY_MS
    assert haneul.post("/calls/report/", {"about": "Noeul", "report": "seen_well", "days": "365"}).status_code == 422
    assert haneul.post("/calls/report/", {"about": "Nobody", "report": "seen_well"}).status_code == 422


def test_passing_its_time_moves_no_deadline_until_something_is_heard(night):
    report(night, "Durumi", hours=24)
    before, believed = deadlines(), chance(night, "Durumi")
    assert night.person("Galmae-3") in before
    quiet(night, hours=30)
    latest.forget()
    assert night.warned() == ["Galmae-3"]
    assert deadlines() == before
    assert chance(night, "Durumi") == believed


def test_once_something_is_heard_after_its_time_it_weighs_nothing_and_no_deadline_moves(night):
    report(night, "Sonagi", hours=24)
    before = deadlines()
    assert night.person("Noeul") in before
    assert may_call(night.desk("Haneul"), night.person("Sonagi")).because is Because.OTHER_HANDS
    quiet(night, hours=25)
    report(night, "Seori-5", kind=ReportKind.STRANGERS_AT_THE_HOUSE)
    assert chance(night, "Sonagi") < 0.02
    assert may_call(night.desk("Haneul"), night.person("Sonagi")).because is Because.NO_WINDOW
    assert {**deadlines(), **before} == deadlines()


def test_an_expired_report_is_left_out_alike_before_and_after_a_restart(night):
    report(night, "Durumi", hours=1)
    report(night, "Noeul", hours=30)
    report(night, "Sonagi", hours=24)
    for hours in (2, 24, 10):
        quiet(night, hours=hours)
        report(night, "Seori-5", hours=1)
    kept = latest.analysis(night.desk("Haneul"))
    latest.forget()
    afresh = latest.analysis(night.desk("Haneul"))
    assert set(kept.world.signals) == set(afresh.world.signals) >= {night.person("Sonagi")}
    assert night.person("Durumi") not in kept.world.signals
    assert dict(kept.world.expiring) == dict(afresh.world.expiring)
    assert (kept.world.at, kept.world.alarmed) == (afresh.world.at, afresh.world.alarmed)
    assert (kept.beliefs, kept.exposures) == (afresh.beliefs, afresh.exposures)


def test_where_nothing_else_was_heard_nobody_is_believed_taken_and_the_warning_stands(night):
    report(night, "Durumi", hours=24)
    assert chance(night, "Durumi") > 0.3
    quiet(night, hours=25)
    report(night, "Seori-5", kind=ReportKind.SEEN_WELL)
    assert chance(night, "Durumi") is None
    line = night.line("Galmae-3")
    assert line.reason is None  # nothing leads there any more
    assert line.deadline == deadlines()[night.person("Galmae-3")]


def test_an_old_report_makes_no_new_one_weigh_more(night):
    report(night, "Durumi", hours=24)
    alone = chance(night, "Durumi")
    quiet(night, hours=24)
    report(night, "Durumi", hours=24)
    assert chance(night, "Durumi") == alone


def test_its_time_is_over_at_the_very_instant(night):
    report(night, "Durumi", hours=24)
    quiet(night, hours=24)
    report(night, "Seori-5", kind=ReportKind.SEEN_WELL)
    assert chance(night, "Durumi") is None


def test_the_list_shows_what_stands_to_who_made_it_and_to_safety_with_the_key(night):
    """Dasom is safety without the key to N-2; Boram is treasurer with every key."""

    def listed(officer):
        return [(line.code_name.en, line.expires) for line in current_reports(night.desk(officer))]

    report(night, hours=24)
    report(night, "Seori-5", hours=48, by="Narae")
    at = night.now
    noeul, seori = ("Noeul", at + 24 * HOUR_MS), ("Seori-5", at + 48 * HOUR_MS)
    assert listed("Haneul") == [seori, noeul]
    assert listed("Dasom") == [seori]
    assert listed("Boram") == []
    assert listed("Narae") == [seori]
    assert "stands until" in Visitor(night, "Haneul").get("/calls/report/").content.decode()
    quiet(night, hours=24)
    assert listed("Haneul") == [seori]


def test_a_report_of_the_first_version_stands_for_a_week_from_when_it_was_told(night):
    body = (
        b'{"about":"%s","credibility":"unconfirmed","happened_from":null,"happened_to":null,'
        b'"reliability":"usual","report":"taken_away","source":null,"told":1000}'
    ) % ids.text("p", night.person("Noeul")).encode()
    heard = facts.revive("watch.report_heard", 1, body)
    assert isinstance(heard, ReportHeard)
    assert heard.v == 2
    assert heard.expires == 1_000 + 7 * DAY_MS
    assert facts.revive("watch.report_heard", 1, body.replace(b"1000", b"null")).expires is None


def test_rows_from_before_get_their_week(night):
    from importlib import import_module

    from django.apps import apps

    report(night)
    Signal.objects.update(expires_ms=None)
    import_module("ojakgyo.apps.watch.migrations.0003_reports_expire").for_a_week(apps, None)
    kinds = {row.kind.value: row.expires_ms for row in Signal.objects.all()}
    assert kinds["report"] == night.now + 7 * DAY_MS
    assert kinds["reading"] is None
