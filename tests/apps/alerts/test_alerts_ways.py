"""The ways an officer is woken: each is tried and answered, all of them ring in one round, and amber keeps quiet hours."""

import json
import logging
import sys
import threading
from contextlib import contextmanager
from hashlib import sha256
from hmac import new as hmac
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from apps.alerts.outside import mail_server
from world import duress, told

from ojakgyo.apps.alerts import actions, carried, outlets, queries, sending, ways
from ojakgyo.apps.alerts.models import Address, OnCall, Sunk, SunkKind, Wake, WakeState, Way
from ojakgyo.apps.alerts.outlets import Outside, Sink, Target
from ojakgyo.apps.alerts.resealing import reseal
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.vault.desks import command_desk, house_desk
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WakeKind, WayKind
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant
from ojakgyo.domain.waking import TEST_MS, UNTRIED_MS

RUN = 11
SECRET = "a key nobody has"


@contextmanager
def receiving(path="/wake"):
    """The address of a real receiver, what came, and the statuses it answers with, one after the other, then 204."""
    came, answers = [], []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            came.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            status = answers.pop(0) if answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}{path}", came, answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def keep(night, name, way, address, secret=""):
    actions.keep_way(night.desk(name), officer=night.officer(name), target=Target(way, address, secret))


def send(port=9):
    return sending.send_waiting(house_desk(), Outside("127.0.0.1", port, "desk@house.invalid"), run=RUN)


def red(night):
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - 6 * HOUR_MS)


# Webhooks ------------------------------------------------------------------------------------------------------------


def test_a_webhook_is_signed_over_time_and_bytes_and_told_nothing(night):
    with receiving() as (there, came, _):
        keep(night, "Haneul", WayKind.WEBHOOK, f"http://{there}", SECRET)
        Address.objects.filter(officer=night.officer("Haneul")).delete()
        red(night)
        assert send() == 1
    ((headers, body),) = came
    signed = f"{headers['X-Ojakgyo-Timestamp']}.".encode() + body
    assert headers["X-Ojakgyo-Signature"] == "v1=" + hmac(SECRET.encode(), signed, sha256).hexdigest()
    assert int(headers["X-Ojakgyo-Timestamp"]) == night.now // 1_000
    said = json.loads(body)
    assert set(said) == {"id", "say"} and said["say"] == outlets.SUBJECT
    whole = f"{headers}{body.decode()}"
    for hidden in ("Yeoul", "여울", "Haneul", "red", str(night.id_of("Yeoul")), f"{night.id_of('Yeoul'):x}", SECRET):
        assert hidden not in whole


def test_a_test_looks_to_whoever_carries_it_like_any_call(night):
    with receiving() as (there, came, _):
        keep(night, "Haneul", WayKind.WEBHOOK, f"http://{there}", SECRET)
        actions.try_way(night.desk("Haneul"), way=WayKind.WEBHOOK)
        assert send() == 1
        Address.objects.all().delete()
        red(night)
        assert send() == 1
    (first_headers, first), (second_headers, second) = came
    assert set(first_headers) == set(second_headers) and len(first) == len(second)
    assert json.loads(first)["id"] != json.loads(second)["id"]


@pytest.mark.parametrize("status", [302, 400, 503])
def test_a_webhook_that_did_not_take_it_is_tried_again_with_the_same_key_and_followed_nowhere(night, status):
    with receiving() as (there, came, answers):
        answers.append(status)
        keep(night, "Haneul", WayKind.WEBHOOK, f"http://{there}", SECRET)
        actions.try_way(night.desk("Haneul"), way=WayKind.WEBHOOK)
        assert send() == 0 and len(came) == 1
        assert Wake.objects.get().state == WakeState.FAILED
        night.clock.at(night.now + MINUTE_MS)
        assert send() == 1
    assert len({json.loads(body)["id"] for _, body in came}) == 1
    assert len({headers["X-Ojakgyo-Signature"] for headers, _ in came}) == 2, "signed anew, at another time"


def test_every_way_of_the_one_who_is_called_rings_and_only_the_one_that_failed_again(night):
    with receiving() as (there, came, answers), mail_server() as (letters, port):
        keep(night, "Haneul", WayKind.WEBHOOK, f"http://{there}", SECRET)
        answers.append(503)
        red(night)
        assert [row.way for row in Wake.objects.order_by("way")] == [WayKind.MAIL, WayKind.WEBHOOK]
        assert send(port) == 1
        night.goes_on(minutes=1)
        assert send(port) == 1
        assert (len(letters.taken), len(came)) == (1, 2)
        assert [fact.round for fact in told(facts.WakeDue)] == [1]
        night.goes_on(minutes=29)
        assert [fact.round for fact in told(facts.WakeDue)] == [1, 2]
        assert Wake.objects.filter(round=2).get().officer == night.officer("Dasom"), "the next, who has mail alone"


def test_a_server_that_takes_its_time_is_asked_after_the_others(night):
    keep(night, "Haneul", WayKind.WEBHOOK, "http://127.0.0.1:9/", SECRET)
    red(night)
    Wake.objects.filter(way=WayKind.MAIL).update(tries=3)
    assert [call.way for call in queries.waiting_calls(house_desk(), run=RUN)] == [WayKind.WEBHOOK, WayKind.MAIL]


# apprise -------------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of apprise itself
def test_what_apprise_carries_reaches_a_real_receiver_without_content_and_without_a_trace(
    night, tmp_path, monkeypatch, caplog
):
    pytest.importorskip("apprise")
    monkeypatch.setenv("HOME", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    with receiving("/somebodys-topic") as (there, came, answers):
        address = f"json://{there}"
        keep(night, "Haneul", WayKind.APPRISE, outlets.check(WayKind.APPRISE, address))
        actions.try_way(night.desk("Haneul"), way=WayKind.APPRISE)
        answers.append(500)
        assert send() == 0
        night.clock.at(night.now + MINUTE_MS)
        assert send() == 1
    said = json.loads(came[-1][1])
    assert (said["title"], said["message"].strip()) == (outlets.SUBJECT, outlets.BODY.strip())
    assert "apprise" not in came[-1][0].get("User-Agent", "").lower()
    assert "somebodys-topic" not in caplog.text
    assert not [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and "spool" not in path.parts and b"somebodys" in path.read_bytes()
    ]


def test_without_the_extra_list_apprise_is_refused_with_the_way_to_install_it(night, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)  # as where it is not installed
    assert not carried.is_here()
    for act in (
        lambda: outlets.check(WayKind.APPRISE, "ntfy://host.invalid/x"),
        lambda: outlets.check_here(WayKind.APPRISE),
    ):
        with pytest.raises(Refused, match=r"alerts\.apprise_missing"):
            act()
    keep(night, "Haneul", WayKind.APPRISE, "ntfy://host.invalid/x")  # from a desk that had it
    actions.try_way(night.desk("Haneul"), way=WayKind.APPRISE)
    assert send() == 0 and Wake.objects.get().state == WakeState.FAILED
    assert queries.apprise_wanted()


@pytest.mark.parametrize(
    ("way", "written"),
    [
        (WayKind.MAIL, "nobody"), (WayKind.MAIL, "a@"), (WayKind.MAIL, "a b@c"), (WayKind.MAIL, "a@b\nBcc: c@d"),
        (WayKind.WEBHOOK, "http://example.org/"), (WayKind.WEBHOOK, "ftp://example.org/"), (WayKind.WEBHOOK, "https://"),
        (WayKind.WEBHOOK, "https://user:word@example.org/"), (WayKind.WEBHOOK, "http://127.0.0.1.example.org/"),
        (WayKind.WEBHOOK, "https://[::1"), (WayKind.PAGE, "here"), (WayKind.MAIL, ""), 
        (WayKind.WEBHOOK, "https://x/" + "a" * 1_000),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_of_its_kind_is_refused(way, written):
    with pytest.raises(Refused, match=r"alerts\.address_form"):
        outlets.check(way, written)


@pytest.mark.parametrize(
    "written", ["https://example.org/wake", "http://127.0.0.1:8080/", "http://[::1]/x", "http://localhost/"]
)
def test_a_webhook_goes_under_tls_or_stays_on_this_machine(written):
    assert outlets.check(WayKind.WEBHOOK, f" {written} ") == written


# Tests and their answers ---------------------------------------------------------------------------------------------


def test_a_test_is_answered_only_once_it_has_left_the_house(night):
    desk = night.desk("Haneul")
    with pytest.raises(Refused, match=r"alerts\.no_test"):
        actions.answer_test(desk, way=WayKind.MAIL)
    actions.try_way(desk, way=WayKind.MAIL)
    with pytest.raises(Refused, match=r"alerts\.no_test"):
        actions.answer_test(desk, way=WayKind.MAIL)
    with mail_server() as (letters, port):
        assert send(port) == 1
    actions.answer_test(desk, way=WayKind.MAIL)
    assert len(letters.taken) == 1
    assert [fact.way for fact in told(facts.WakeAnswered)] == [WayKind.MAIL]
    assert not queries.wants(night.desk("Haneul"))


def test_a_wake_up_nobody_has_answered_for_thirty_days_is_amber(night):
    assert queries.wants(night.desk("Haneul")).untried, "never tried"
    Address.objects.update(tested_ms=night.now, answered_ms=night.now)
    assert not queries.wants(night.desk("Haneul")).untried
    Address.objects.update(answered_ms=night.now - UNTRIED_MS - 1)
    assert queries.wants(night.desk("Haneul")).untried
    assert not queries.wants(night.desk("Boram")), "no safety officer, not on the rota"
    Address.objects.all().delete()
    assert queries.wants(night.desk("Haneul")).unreachable


def test_another_address_is_untried_again(night):
    Address.objects.update(tested_ms=night.now, answered_ms=night.now)
    keep(night, "Haneul", WayKind.MAIL, "other@desk.invalid")
    row = Address.objects.get(officer=night.officer("Haneul"))
    assert (row.tested_ms, row.answered_ms) == (None, None)
    assert ways.target(house_desk(), night.officer("Haneul"), WayKind.MAIL).address == "other@desk.invalid"


def test_a_test_that_could_not_be_sent_for_five_minutes_is_given_up(night):
    actions.try_way(night.desk("Haneul"), way=WayKind.MAIL)
    night.clock.at(night.now + TEST_MS - 1)
    assert len(queries.waiting_calls(house_desk(), run=RUN)) == 1
    night.clock.at(night.now + 1)
    assert not queries.waiting_calls(house_desk(), run=RUN)


def test_the_open_page_sounds_until_the_test_is_answered(night):
    actions.try_way(night.desk("Boram"), way=WayKind.PAGE)
    assert queries.called(night.desk("Boram")).test
    assert queries.called(night.desk("Haneul")) is None
    assert not queries.waiting_calls(house_desk(), run=RUN), "nothing leaves the house"
    actions.answer_test(night.desk("Boram"), way=WayKind.PAGE)
    assert queries.called(night.desk("Boram")) is None


def test_nobody_sets_up_how_somebody_else_is_woken(night):
    boram = night.officer("Boram")
    for act in (
        lambda: actions.keep_way(
            night.desk("Haneul"), officer=boram, target=Target(WayKind.WEBHOOK, "https://x.invalid/", SECRET)
        ),
        lambda: actions.drop_way(night.desk("Haneul"), officer=boram, way=WayKind.MAIL),
        lambda: actions.keep_quiet_hours(night.desk("Haneul"), officer=boram, way=WayKind.MAIL, begins=0, ends=60),
    ):
        with pytest.raises(Refused, match=r"vault\.role_wanted"):
            act()
    actions.keep_way(command_desk(), officer=boram, target=Target(WayKind.WEBHOOK, "https://x.invalid/", SECRET))
    assert Way.objects.get().officer == boram


def test_the_last_way_of_who_is_on_call_stays(night):
    haneul = night.officer("Haneul")
    OnCall.objects.create(officer=haneul, opens_ms=night.now - 1, closes_ms=night.now + HOUR_MS)
    with pytest.raises(Refused, match=r"alerts\.last_way"):
        actions.drop_way(night.desk("Haneul"), officer=haneul, way=WayKind.MAIL)
    keep(night, "Haneul", WayKind.WEBHOOK, "https://x.invalid/", SECRET)
    actions.drop_way(night.desk("Haneul"), officer=haneul, way=WayKind.MAIL)
    assert [each.way for each in ways.ways_of([haneul])[haneul]] == [WayKind.WEBHOOK]


def test_a_call_by_a_way_that_is_gone_ends_no_other_call(night):
    keep(night, "Haneul", WayKind.WEBHOOK, "https://x.invalid/", SECRET)
    red(night)
    Way.objects.all().delete()
    with mail_server() as (letters, port):
        assert send(port) == 1
    assert letters.addresses == ["haneul@desk.invalid"]


def test_an_address_that_somebody_changed_in_the_database_ends_no_other_call(night):
    keep(night, "Haneul", WayKind.WEBHOOK, "http://127.0.0.1:9/", SECRET)
    other = Way(officer=night.officer("Dasom"), way=WayKind.WEBHOOK, address=Way.objects.get().address)
    other.save()
    Way.objects.filter(officer=night.officer("Haneul")).update(address=b"x" * 80)
    red(night)
    with mail_server() as (letters, port):
        assert send(port) == 1
    assert Wake.objects.get(way=WayKind.WEBHOOK).state == WakeState.FAILED
    with pytest.raises(Exception, match=r"damaged|broken|seal"):
        ways.target(house_desk(), other.officer, WayKind.WEBHOOK)
    assert len(letters.taken) == 1


# Quiet hours ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def silence(night):
    """A silence of somebody who knows nobody, begun just now; its first stage is amber, and grows after five hours."""
    opens = Instant(night.now + MINUTE_MS)
    who = {
        "person": night.person("Seori-5"),
        "opens": opens,
        "closes": Instant(opens + HOUR_MS),
        "grace_ms": 5 * HOUR_MS,
    }
    window = agree_window(night.desk("Haneul"), **who)
    night.at(who["closes"] + 5 * HOUR_MS)
    return window


def still_now(night, *names, minutes=120):
    """These keep still for so long from now on, by mail."""
    minute = night.now // MINUTE_MS % 1440
    for name in names:
        hours = {"begins": minute, "ends": (minute + minutes) % 1440}
        actions.keep_quiet_hours(night.desk(name), officer=night.officer(name), way=WayKind.MAIL, **hours)


def test_amber_passes_over_who_keeps_still_and_red_does_not(night, silence):
    still_now(night, "Haneul", "Dasom", minutes=110)
    night.goes_on(minutes=109)
    assert told(facts.SilenceCallDue) == []
    night.goes_on(minutes=2)
    assert [fact.round for fact in told(facts.SilenceCallDue)] == [1], "the quiet hours are over"


def test_the_first_who_keeps_still_no_longer_is_woken_for_amber(night, silence):
    still_now(night, "Haneul")
    still_now(night, "Dasom", minutes=50)
    night.goes_on(minutes=49)
    assert told(facts.SilenceCallDue) == []
    night.goes_on(minutes=2)
    assert [fact.officer for fact in told(facts.SilenceCallDue)] == [night.officer("Dasom")]


def test_a_silence_that_is_over_wakes_nobody_after_the_quiet_hours(night, silence):
    still_now(night, "Haneul", "Dasom")
    night.goes_on(minutes=40)
    night.hears("Seori-5")
    night.goes_on(hours=2)
    assert told(facts.SilenceCallDue) == []


def test_a_silence_that_has_grown_rings_in_quiet_hours(night, silence):
    night.goes_on(hours=4.5)
    before = len(told(facts.SilenceCallDue))
    still_now(night, "Haneul", "Dasom")
    night.goes_on(minutes=10)
    assert len(told(facts.SilenceCallDue)) == before
    night.goes_on(minutes=25)
    assert len(told(facts.SilenceCallDue)) > before, "stage 1 has begun"


def test_a_red_rings_in_quiet_hours(night):
    for name in ("Haneul", "Dasom"):
        actions.keep_quiet_hours(night.desk(name), officer=night.officer(name), way=WayKind.MAIL, begins=1, ends=0)
    red(night)
    assert Wake.objects.filter(kind=WakeKind.RED).count() == 1
    with mail_server() as (_, port):
        assert send(port) == 1


# At rest and in practice ---------------------------------------------------------------------------------------------


def test_a_way_is_sealed_padded_alike_and_sealed_again_with_the_ring(night, database):
    keep(night, "Haneul", WayKind.WEBHOOK, "https://somebody.invalid/topic", SECRET)
    keep(night, "Dasom", WayKind.WEBHOOK, "https://s.invalid/", SECRET)
    files = b"".join(path.read_bytes() for path in database.parent.iterdir() if path.is_file())
    for row in Way.objects.all():
        for said in (SECRET, "somebody.invalid"):
            assert said.encode() not in bytes(row.address) and said.encode() not in files
    before = ways.target(house_desk(), night.officer("Haneul"), WayKind.WEBHOOK)
    reseal(house_desk())
    assert ways.target(house_desk(), night.officer("Haneul"), WayKind.WEBHOOK) == before
    assert SECRET not in repr(before) and "somebody" not in repr(before)


def test_in_a_practice_world_every_way_ends_in_the_sink(night):
    keep(night, "Haneul", WayKind.WEBHOOK, "http://127.0.0.1:9/", SECRET)
    red(night)
    assert sending.send_waiting(house_desk(), Sink(), run=RUN) == 2
    assert set(Sunk.objects.values_list("kind", flat=True)) == {SunkKind.MAIL, SunkKind.WEBHOOK}
