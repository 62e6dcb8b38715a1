"""Calls leave the house over SMTP, content-free, and are sent again when it is not sure that they were."""

from email.header import decode_header, make_header

import pytest
from apps.alerts.outside import mail_server, watching
from factories.cast import HELPERS, OFFICERS
from world import duress, told

from ojakgyo.apps.alerts import actions as alerts
from ojakgyo.apps.alerts import sending
from ojakgyo.apps.alerts.actions import keep_watcher
from ojakgyo.apps.alerts.models import Wake, WakeState
from ojakgyo.apps.alerts.outlets import BODY, SUBJECT, Outside
from ojakgyo.apps.chronicle.pulse import Pulse
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch import actions
from ojakgyo.domain import facts
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.runner.sender import Sender

RUN, NEXT_RUN = 11, 12


@pytest.fixture
def post():
    with mail_server() as (letters, port):
        yield letters, Outside("127.0.0.1", port, "desk@house.invalid")


@pytest.fixture
def red(night):
    """One call waits to be sent."""
    night.hears("Beodeul", duress)
    night.at(night.warning("Yeoul").deadline_ms - 6 * HOUR_MS)
    return night


def send(outlet, *, run=RUN):
    return sending.send_waiting(house_desk(), outlet, run=run)


def test_a_call_is_one_mail_to_the_officer_and_is_noted(red, post):
    letters, outlet = post
    assert send(outlet) == 1
    assert send(outlet) == 0
    assert letters.addresses == ["haneul@desk.invalid"]
    assert Wake.objects.get().state == WakeState.SENT
    assert [fact.officer for fact in told(facts.WakeSent)] == [red.officer("Haneul")]


def test_a_mail_holds_nothing_of_what_it_is_about(red, post):
    letters, outlet = post
    send(outlet)
    ((_, letter),) = letters.taken
    body = letter.get_payload(decode=True).decode()
    subject = str(make_header(decode_header(letter["Subject"])))
    assert (subject, body.replace("\r\n", "\n")) == (SUBJECT, BODY)
    for said in (subject, body):
        assert "데스크를 봐 주세요" in said and "Please look at the desk" in said
    whole = letter.as_string() + body
    names = [name for helper in HELPERS for name in (helper.name, helper.korean)]
    names += [name.ko for officer in OFFICERS for name in [CodeName.of(officer.korean)]]
    numbers = [str(form) for form in red.ids.persons.values()] + [f"{form:x}" for form in red.ids.persons.values()]
    warning = red.id_of("Yeoul")
    for hidden in (*names, *numbers, "N-2", str(warning), f"{warning:x}", red.clock.now()):
        assert str(hidden) not in whole


def test_two_calls_about_one_warning_cannot_be_told_to_belong_together(red, post):
    letters, outlet = post
    send(outlet)
    red.goes_on(minutes=30)
    send(outlet)
    first, second = letters.keys
    assert first != second and first[:8] != second[:8]
    assert letters.addresses == ["haneul@desk.invalid", "dasom@desk.invalid"]


def test_killed_between_sending_and_noting_it_is_sent_again_as_the_same_mail(red, post, monkeypatch):
    """The next run does not wait: a lease of another run is void."""
    letters, outlet = post

    class Killed(BaseException):
        pass

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(alerts, "note_sent", killed)
        with pytest.raises(Killed):
            send(outlet)
    assert Wake.objects.get().state == WakeState.WAITING

    assert send(outlet) == 0, "this run still holds its lease"
    assert send(outlet, run=NEXT_RUN) == 1

    assert len(letters.taken) == 2 and len(set(letters.keys)) == 1
    assert Wake.objects.get().state == WakeState.SENT


def test_a_lease_runs_out_within_its_own_run_too(red, post):
    _, outlet = post
    Wake.objects.update(run_id=RUN, leased_until_ms=red.now + sending.LEASE_MS)
    assert send(outlet) == 0
    red.goes_on(minutes=1)
    assert send(outlet) == 1


def test_what_could_not_be_sent_is_tried_again_after_a_minute(red, post):
    letters, outlet = post
    letters.full = True
    assert send(outlet) == 0
    row = Wake.objects.get()
    assert (row.state, row.tries) == (WakeState.FAILED, 1)
    assert [fact.round for fact in told(facts.WakeFailed)] == [1]

    letters.full = False
    red.goes_on(minutes=0.9)
    assert send(outlet) == 0
    red.goes_on(minutes=0.1)
    assert send(outlet) == 1
    assert Wake.objects.get().state == WakeState.SENT


def test_a_server_that_is_not_there_is_no_end_of_it(red, post):
    _, outlet = post
    closed = Outside("127.0.0.1", 9, "desk@house.invalid")
    assert send(closed) == 0
    red.goes_on(minutes=1)
    assert send(outlet) == 1


def test_what_failed_is_not_tried_again_once_somebody_has_acknowledged(red, post):
    letters, outlet = post
    letters.full = True
    send(outlet)
    letters.full = False
    actions.take_warning(red.desk("Haneul"), warning=red.id_of("Yeoul"))
    red.goes_on(minutes=5)
    assert send(outlet) == 0 and letters.taken == []


@pytest.fixture
def beating(monkeypatch):
    """A pulse of this test's own, with seconds it may move."""
    seconds = [100.0]
    own = Pulse(lambda: seconds[0])
    own.seconds = seconds
    monkeypatch.setattr("ojakgyo.runner.sender.pulse", own)
    own.begin()
    return own


def test_a_house_that_does_nothing_by_itself_any_more_lets_the_watcher_hear_its_silence(night, beating):
    with watching() as (address, asked):
        keep_watcher(night.desk("Haneul"), address=address)
        for passed in (0, 31):
            beating.seconds[0] += passed
            Sender(Outside("127.0.0.1", 9, "desk@house.invalid"), house_desk, RUN).go_round()
    assert len(asked) == 1


def test_the_watcher_is_pinged_each_minute_and_is_told_nothing(night, monkeypatch, beating):
    seconds = [1_000.0]
    monkeypatch.setattr("ojakgyo.runner.sender.time.monotonic", lambda: seconds[0])
    with watching() as (address, asked):
        keep_watcher(night.desk("Haneul"), address=address + "alive")
        sender = Sender(Outside("127.0.0.1", 9, "desk@house.invalid"), house_desk, RUN)
        for passed in (0.0, 30.0, 29.9, 0.1, 59.9, 0.1):
            seconds[0] += passed
            sender.go_round()
    assert asked == ["GET /alive HTTP/1.1 "] * 3


def test_a_watcher_that_does_not_answer_or_is_not_known_stops_nothing(night, red, post):
    _, outlet = post
    with watching() as (address, asked):
        keep_watcher(night.desk("Haneul"), address=address + "broken")
        assert not sending.ping_watcher(house_desk(), outlet)
        keep_watcher(night.desk("Haneul"), address=address)
        assert sending.ping_watcher(house_desk(), outlet)
    assert len(asked) == 2
    assert not sending.ping_watcher(house_desk(), outlet), "nobody listens there any more"
    assert send(outlet) == 1
