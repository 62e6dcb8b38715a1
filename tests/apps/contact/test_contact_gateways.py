"""What a gateway hands in is verified, kept once and committed before it is answered, and the answer is empty."""

import json
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.cast import HELPERS
from world import NOW, OWN, told, well

from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.contact import actions, ears
from ojakgyo.apps.contact.channels import taking
from ojakgyo.apps.contact.channels.android import Android
from ojakgyo.apps.contact.channels.files import Files
from ojakgyo.apps.contact.channels.protocol import Beat, Nothing, Text, Unclear
from ojakgyo.apps.contact.channels.webhook import Webhook
from ojakgyo.apps.contact.gateways import receiving
from ojakgyo.apps.contact.gateways.acts import add_gateway, drop_gateway
from ojakgyo.apps.contact.messages import came_in
from ojakgyo.apps.contact.models import Gateway, Inbound, InboundState, Window, WindowState
from ojakgyo.apps.contact.resealing import reseal
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.sealing import posts
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, SECOND_MS
from ojakgyo.store import keyholder

NUMBER = {helper.name: helper.number for helper in HELPERS}


@dataclass(slots=True)
class Phone:
    """A gateway: it writes as its kind does, and signs by a clock of its own."""

    night: object
    channel: Channel
    number: int
    key: str
    off_ms: int = 0
    """How far its clock is ahead."""
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True))

    @property
    def address(self) -> str:
        return f"/in/{self.number}/"

    def text(self, words: str, *, sender: str = NUMBER["Beodeul"], id: str = "one", heard: int | None = None) -> bytes:
        at = instants.aware((self.night.now if heard is None else heard) + self.off_ms).isoformat()
        if self.channel is Channel.SIGNED:
            said = {"event": "text", "id": id, "from": sender, "text": words, "heard": at}
        else:
            payload = {"messageId": "same for equal words", "message": words, "phoneNumber": sender, "receivedAt": at}
            said = {"deviceId": "f", "event": "sms:received", "id": id, "payload": payload, "webhookId": "w"}
        return json.dumps(said).encode()

    def beat(self) -> bytes:
        event = "beat" if self.channel is Channel.SIGNED else "system:ping"
        return json.dumps({"event": event, "id": "b", "payload": {"health": {}}}).encode()

    def hands_in(self, body: bytes, *, key: str = "", time: str = "", signature: str = "", **headers: str):
        time = time or str((self.night.now + self.off_ms) // 1_000)
        given = signature or posts.signature(key or self.key, body, time)
        sent = {"HTTP_X_TIMESTAMP": time, "HTTP_X_SIGNATURE": given, **headers}
        answer = self.client.post(self.address, body, content_type="application/json", **sent)
        assert answer.content == b"", "whatever is answered may be sent to the phone that wrote"
        return answer.status_code


@pytest.fixture
def machine(night, monkeypatch):
    """The machine's clock goes with the desk's."""
    monkeypatch.setattr(receiving, "time", SimpleNamespace(time=lambda: night.now / 1_000))
    return night


@pytest.fixture(params=[Channel.ANDROID, Channel.SIGNED])
def phone(machine, request):
    return Phone(machine, request.param, *add_gateway(machine.desk("Haneul"), channel=request.param))


@pytest.fixture
def android(machine):
    return Phone(machine, Channel.ANDROID, *add_gateway(machine.desk("Haneul"), channel=Channel.ANDROID))


def only() -> Inbound:
    return Inbound.objects.get()


def well_of(night, who: str) -> str:
    """The next text of somebody's card, who is well."""
    ((_, row),) = rows_ahead(keyholder.ring().state_key(), night.person(who), 1)
    return encode.text(row, own_number=OWN, meaning=well)


def test_a_text_handed_in_is_read_like_one_of_the_modem(phone, night):
    assert phone.hands_in(phone.text(well_of(night, "Beodeul"))) == 200
    row = only()
    assert (row.channel, row.state, row.line) == (phone.channel, InboundState.WAITING, night.ids.lines["Beodeul"])
    night.settle()
    (read,) = [fact for fact in told(facts.MessageRead) if fact.message == row.message]
    assert (read.result, read.meaning, read.person) == (facts.ReadingResult.OK, well, night.person("Beodeul"))
    assert Window.objects.filter(person=night.person("Beodeul"), heard_ms=NOW, state=WindowState.KEPT).exists()
    assert [line.message for line in came_in(night.desk("Haneul"))] == [row.message]
    assert audit.verify()


def test_number_and_words_lie_sealed_and_the_id_only_as_a_digest(phone):
    assert phone.hands_in(phone.text("482193", id="id-in-the-open")) == 200
    row = only()
    assert b"id-in-the-open" not in bytes(row.ext_id)
    place = seals.place(Table.INBOUND, row.message, Group.WORDS)
    assert seals.unseal(keyholder.ring().words_key(), place, row.words) == {
        "number": NUMBER["Beodeul"],
        "words": "482193",
    }


def test_a_text_that_comes_again_because_the_answer_was_lost_is_taken_once(phone, night):
    body = phone.text("482193")
    assert phone.hands_in(body) == 200
    night.clock.at(NOW + 20 * SECOND_MS)
    assert phone.hands_in(body) == 200
    assert Inbound.objects.count() == 1 and len(told(facts.MessageReceived)) == 1


def test_two_at_the_same_moment_are_kept_once(phone, monkeypatch):
    """The other one is committed between our look and our insert."""
    body, real = phone.text("482193"), taking.take

    def overtaken(*args, **kwargs):
        monkeypatch.setattr(taking, "take", real)
        real(*args, **kwargs)
        real(*args, **kwargs)

    monkeypatch.setattr(taking, "take", overtaken)
    assert phone.hands_in(body) == 200
    assert [seen.inbound for seen in told(facts.FileSeenAgain)] == [only().seq]


def test_equal_words_of_two_ids_are_two_messages_the_second_a_repetition(android):
    """`messageId` is the same for both."""
    assert [android.hands_in(android.text("482193", id=id)) for id in ("one", "two")] == [200, 200]
    assert list(Inbound.objects.order_by("seq").values_list("state", flat=True)) == [
        InboundState.WAITING,
        InboundState.REPEATED,
    ]


def test_the_same_id_at_two_gateways_is_two_messages(android, machine):
    other = Phone(machine, Channel.ANDROID, *add_gateway(machine.desk("Haneul"), channel=Channel.ANDROID))
    assert [each.hands_in(each.text("482193")) for each in (android, other)] == [200, 200]
    assert Inbound.objects.count() == 2


def test_what_comes_out_of_order_is_kept_at_its_own_time(phone, night):
    later, earlier = phone.text("222222", id="2"), phone.text("111111", id="1", heard=NOW - HOUR_MS)
    assert [phone.hands_in(each) for each in (later, earlier)] == [200, 200]
    assert list(Inbound.objects.order_by("seq").values_list("received_ms", flat=True)) == [NOW, NOW - HOUR_MS]


@pytest.mark.parametrize("late", [MINUTE_MS, 47 * HOUR_MS])
@pytest.mark.parametrize("signs", ["anew", "once"])
def test_a_gateway_that_answers_late_is_taken_as_of_when_it_heard(phone, night, late, signs):
    """It tries for two days, and what counts for a window is when the phone had it."""
    body, first = phone.text("482193"), str(NOW // 1_000)
    night.clock.at(NOW + late)
    assert phone.hands_in(body, time=first if signs == "once" else "") == 200
    assert abs(only().received_ms - NOW) <= (late if signs == "once" and late < receiving.FRESH_MS else 0)
    (kept,) = told(facts.MessageReceived)
    assert kept.told == NOW + late


def test_a_late_text_keeps_the_window_it_was_heard_in(android, night):
    """Beodeul's window closed two hours ago and has a day's grace."""
    body = android.text(well_of(night, "Beodeul"), heard=NOW)
    night.clock.at(NOW + 21 * HOUR_MS)
    assert android.hands_in(body) == 200
    night.settle()
    assert Window.objects.filter(person=night.person("Beodeul"), heard_ms=NOW, state=WindowState.KEPT).exists()
    assert not told(facts.WindowMissed)


@pytest.mark.parametrize("off_ms", [-8 * MINUTE_MS, 8 * MINUTE_MS])
def test_a_clock_that_is_a_little_off_moves_no_text(android, night, off_ms):
    android.off_ms = off_ms
    assert android.hands_in(android.text("482193", heard=NOW - HOUR_MS)) == 200
    assert only().received_ms == NOW - HOUR_MS


@pytest.mark.parametrize("off_ms", [-receiving.BEHIND_MS - SECOND_MS, receiving.AHEAD_MS + SECOND_MS])
def test_a_clock_that_is_days_off_is_refused_and_said(android, night, off_ms):
    android.off_ms = off_ms
    assert android.hands_in(android.text("482193")) == 403
    assert not Inbound.objects.exists()
    _, _, refused = ears.hearing.states()[android.number]
    assert refused.code == "contact.gateway_clock"


def test_a_time_of_hearing_that_cannot_be_is_passed_over(android, night):
    assert android.hands_in(android.text("482193", heard=0)) == 200
    assert only().received_ms == NOW


def forgeries(phone: Phone) -> dict[str, dict[str, str]]:
    body, time = phone.text("482193"), str(phone.night.now // 1_000)
    right = posts.signature(phone.key, body, time)
    return {
        "another key": {"key": "0" * posts.LETTERS},
        "cut short": {"signature": right[:-2]},
        "of another body": {"signature": posts.signature(phone.key, body + b" ", time)},
        "of another time": {"signature": right, "time": str(int(time) + 1)},
        "of no time": {"signature": posts.signature(phone.key, body, "now"), "time": "now"},
        "no letters": {"signature": "z" * 64},
        "not of these digits": {"signature": "\u0661" * 64},
    }


def test_a_forged_signature_is_refused_and_nothing_of_it_kept(phone):
    body, before = phone.text("482193"), audit.verify()
    for name, forged in forgeries(phone).items():
        assert phone.hands_in(body, **forged) == 403, name
    assert not Inbound.objects.exists() and audit.verify() == before
    assert ears.hearing.states()[phone.number][0] == "never", "a forgery is no ear"
    assert phone.hands_in(body) == 200


def test_what_is_signed_cannot_be_moved_between_body_and_time():
    """A body without its last digits, and these in front of the time."""
    signed = posts.signature("k", b"12", "34")
    assert posts.signed_at("k", b"12", time="34", given=signed.upper()) == 34
    assert Android().parse(b"1") == Unclear(), "so no body ends in a digit that says anything"


def test_no_gateway_or_a_dropped_one_is_nobody(phone, night):
    body = phone.text("482193")
    drop_gateway(night.desk("Haneul"), gateway=phone.number)
    assert phone.hands_in(body) == 404
    assert bytes(Gateway.objects.get().key) == b""
    for number in (0, 99, 10**30):
        assert phone.client.post(f"/in/{number}/", body, content_type="application/json").status_code == 404
    assert not Inbound.objects.exists()


def test_only_a_post_of_a_bearable_length_is_looked_at(phone):
    assert phone.client.get(phone.address).status_code == 405
    assert phone.hands_in(b" " * (receiving.LONGEST + 1)) == 413
    assert phone.hands_in(b"{}", CONTENT_LENGTH="many") == 413


def test_a_sealed_house_asks_for_it_again(phone):
    body, ring = phone.text("482193"), keyholder.ring()
    keyholder.seal()
    try:
        assert phone.hands_in(body) == 503
    finally:
        keyholder.unseal(ring)
    assert phone.hands_in(body) == 200
    assert Inbound.objects.count() == 1


@pytest.mark.parametrize("trouble", [Refused("house.busy"), Refused("house.full"), OperationalError("disk I/O error")])
def test_what_could_not_be_committed_is_asked_for_again(phone, monkeypatch, trouble):
    def fails(*_, **__):
        raise trouble

    monkeypatch.setattr(actions, "receive_sms", fails)
    assert phone.hands_in(phone.text("482193")) == 503
    assert not Inbound.objects.exists()
    monkeypatch.undo()
    monkeypatch.setattr(receiving, "time", SimpleNamespace(time=lambda: phone.night.now / 1_000))
    assert phone.hands_in(phone.text("482193")) == 200


BAD = [
    b"",
    b"[]",
    b"\xff\xfe",
    b"[" * 50_000,
    b'{"event": "sms:received"}',
    b'{"event": "sms:received", "id": "x", "payload": []}',
    b'{"event": "text", "id": "x", "from": "+86", "text": 5}',
    b'{"event": "text", "id": "\\ud800", "from": "+86", "text": "x"}',
    b'{"event": "sms:received", "id": "x", "payload": {"message": "\\ud800", "phoneNumber": "+86"}}',
    b'{"event": ["sms:received"]}',
    b'{"event": "mms:received", "id": "x", "payload": {}}',
    b"9" * 5_000,
]


def test_what_nobody_can_read_is_sealed_as_it_is_once(phone):
    for body in BAD:
        assert [phone.hands_in(body), phone.hands_in(body)] == [200, 200], body[:60]
    rows = list(Inbound.objects.order_by("seq"))
    assert len(rows) == len(BAD) and {row.state for row in rows} == {InboundState.UNREADABLE}
    for row, body in zip(rows, BAD, strict=True):
        place = seals.place(Table.INBOUND, row.message, Group.WORDS)
        assert bytes.fromhex(seals.unseal(keyholder.ring().words_key(), place, row.words)["written"]) == body
    assert {row.code for row in rows} == {"contact.post_unreadable"}


def test_what_a_channel_makes_of_what_it_is_handed():
    assert Android().parse(b'{"event": "system:ping"}') == Webhook().parse(b'{"event": "beat"}') == Beat()
    assert Android().parse(b'{"event": "sms:delivered", "id": "x"}') == Nothing()
    named = Android().parse(b'{"event": "sms:received", "id": "x", "payload": {"sender": "+8610", "message": ""}}')
    assert isinstance(named, Text) and (named.sms.number, named.sms.words) == ("+8610", ""), "newer phones say sender"
    assert isinstance(Files().parse(b"nothing of ours"), Unclear)
    assert "+8610" not in repr(named)
    assert {each.kind for each in (Files(), *taking.SIGNED.values())} == {
        Channel.SPOOL,
        Channel.ANDROID,
        Channel.SIGNED,
    }


def test_a_key_opens_under_the_next_ring_and_is_drawn_anew_for_each(android, machine):
    other = add_gateway(machine.desk("Haneul"), channel=Channel.SIGNED)[1]
    assert other != android.key and len(other) == posts.LETTERS and set(other) <= set(posts._ALPHABET)
    ring = keyholder.ring()
    after = type(ring).drawn(ring.root, lambda size: bytes(range(size)), before={"sys": (ring.sys,)})
    keyholder.unseal(after)
    try:
        reseal(command_desk())
        (row, *_) = Gateway.objects.order_by("pk")
        place = seals.place(Table.GATEWAY, row.pk, Group.KEYS)
        assert seals.unseal(after.sys_key(), place, row.key) == {"key": android.key}
    finally:
        keyholder.unseal(ring)


def test_a_gateway_is_kept_and_dropped_by_who_manages(machine):
    for act in (
        lambda: add_gateway(machine.desk("Boram"), channel=Channel.ANDROID),
        lambda: drop_gateway(machine.desk("Boram"), gateway=1),
    ):
        with pytest.raises(Refused, match=r"vault\.role_wanted"):
            act()
    assert not Gateway.objects.exists()


def test_a_stream_of_texts_is_taken_and_read_as_it_comes_at_the_same_cost(android, night):
    """Fifty in a row: nobody is taken twice or left, and the last asks the database no more than the first.

    How many a minute that is, `./ojak bench inbound --gateway` says; here it would hang on who else uses the machine.
    """
    asked = []
    for place in range(50):
        with CaptureQueriesContext(connection) as taken:
            assert android.hands_in(android.text(f"{place:06}", id=str(place), sender=NUMBER["Yeoul"])) == 200
        asked.append(len(taken))
        if place % 10 == 9:
            night.settle()
            assert not Inbound.objects.filter(state=InboundState.WAITING).exists()
    assert Inbound.objects.count() == 50
    assert max(asked[1:]) <= min(asked[1:]) + 2 < 40, asked
