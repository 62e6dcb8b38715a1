"""Each channel has an ear; while one that was heard is not heard, nobody is blamed, and Now says which it is."""

import pytest
from django.test import Client
from world import NOW, told

from ojakgyo.apps.contact import ears
from ojakgyo.apps.contact.ears import GATEWAY_STALE_S, SPOOL, STALE_S, Hearing
from ojakgyo.apps.contact.gateways import tending
from ojakgyo.apps.contact.gateways.acts import add_gateway, drop_gateway, note_heard
from ojakgyo.apps.contact.models import Ear, Window, WindowState
from ojakgyo.apps.contact.values import EarState
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel, ChannelDeaf, ChannelHeard, GatewayDropped, GatewayKept, WindowMissed
from ojakgyo.domain.sealing import posts
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS

PHONE = Channel.ANDROID


class Own(Hearing):
    """Ears whose seconds the test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0
        super().__init__(lambda: self.seconds)


@pytest.fixture
def hearing(night, monkeypatch):
    """The ears of the whole house. Whoever took the old ones by name gets these too."""
    own = Own()
    for name in ("heard", "expect", "is_deaf", "states", "ears", "refused"):
        monkeypatch.setattr(ears.hearing, name, getattr(own, name), raising=True)
    return own


def opened_again(hearing: Own) -> None:
    """The house is sealed and opened."""
    hearing.forget()
    hearing.seconds += 1_000


def tend(night, hearing: Own, *, seconds: float = 0.0) -> bool:
    hearing.seconds += seconds
    night.clock.at(night.now + round(1_000 * seconds))
    return tending.tend(house_desk)


@pytest.fixture
def gateway(night) -> int:
    return add_gateway(night.desk("Haneul"), channel=PHONE)[0]


def test_a_gateway_never_heard_makes_nobody_deaf(night, hearing, gateway):
    hearing.heard(NOW)
    assert not tend(night, hearing, seconds=STALE_S / 2)
    hearing.heard(NOW)
    assert not tend(night, hearing, seconds=10 * GATEWAY_STALE_S) or told(ChannelDeaf)[0].gateway is None
    hearing.heard(NOW)
    assert not hearing.is_deaf()
    assert (hearing.ears().channels, hearing.ears().hearing) == (2, 1)


def test_its_first_beat_and_its_silence_are_written_down_once(night, hearing, gateway):
    hearing.heard(night.now, gateway, PHONE)
    assert [tend(night, hearing), tend(night, hearing)] == [True, False]
    assert [fact.gateway for fact in told(ChannelHeard)] == [gateway]
    assert [tend(night, hearing, seconds=GATEWAY_STALE_S), tend(night, hearing, seconds=1)] == [False, True]
    assert not tend(night, hearing, seconds=1)
    (deaf,) = told(ChannelDeaf)
    assert (deaf.gateway, deaf.channel, deaf.happened_from) == (gateway, PHONE, NOW)
    hearing.heard(night.now, gateway, PHONE)
    assert tend(night, hearing) and not hearing.is_deaf()
    assert len(told(ChannelHeard)) == 2 and Ear.objects.get().deaf_ms is None


def test_one_deaf_gateway_holds_every_judgement_until_it_is_dropped(night, hearing, gateway):
    """Beodeul's grace ends. The modem is heard, but Beodeul may have written to the phone that is not."""
    hearing.heard(night.now, gateway, PHONE)
    tend(night, hearing)
    hearing.seconds += GATEWAY_STALE_S + 1
    for _ in range(2):
        night.at(night.now + 12 * HOUR_MS)
        hearing.heard(night.now)
        assert hearing.is_deaf() and not told(WindowMissed)
    drop_gateway(night.desk("Haneul"), gateway=gateway)
    tend(night, hearing)
    assert not hearing.is_deaf() and not Ear.objects.exists()
    night.at(night.now + 6 * MINUTE_MS)
    assert [fact.person for fact in told(WindowMissed)] == [night.person("Beodeul")]
    assert Window.objects.get(pk=told(WindowMissed)[0].window).state == WindowState.MISSED


def test_a_house_opened_anew_waits_for_a_gateway_that_was_heard_before(night, hearing, gateway):
    """Texts lie in it, and come when it tries again: until it has handed in something, silence means nothing."""
    hearing.heard(night.now, gateway, PHONE)
    tend(night, hearing)
    opened_again(hearing)
    assert not tend(night, hearing), "nothing is written down yet"
    assert hearing.is_deaf() and hearing.states()[gateway][0] is EarState.AWAITED
    assert tend(night, hearing, seconds=GATEWAY_STALE_S + 1) and len(told(ChannelDeaf)) == 1
    opened_again(hearing)
    assert not tend(night, hearing), "it stands there already"
    assert hearing.states()[gateway][0] is EarState.DEAF
    assert hearing.ears().deaf_since == told(ChannelDeaf)[0].happened_from, "it is deaf since before this run"


def test_a_spool_is_written_down_when_it_falls_silent_and_when_it_is_heard_again(night, hearing):
    hearing.heard(night.now)
    assert not tend(night, hearing), "that a house hears goes without saying"
    assert tend(night, hearing, seconds=STALE_S + 1)
    opened_again(hearing)
    assert not tend(night, hearing)
    hearing.heard(night.now)
    assert tend(night, hearing) and not tend(night, hearing)
    assert [(fact.channel, fact.gateway) for kind in (ChannelDeaf, ChannelHeard) for fact in told(kind)] == [
        (Channel.SPOOL, None)
    ] * 2


def test_a_spool_that_was_deaf_is_deaf_after_a_restart_until_it_is_read(night, hearing):
    Ear.objects.create(gateway=SPOOL, deaf_ms=night.now - HOUR_MS)
    opened_again(hearing)
    tend(night, hearing)
    assert hearing.is_deaf() and hearing.ears().deaf_since == night.now - HOUR_MS
    hearing.heard(night.now)
    assert tend(night, hearing) and not hearing.is_deaf()
    assert told(ChannelHeard)


def test_nothing_is_written_down_about_a_gateway_dropped_a_moment_ago(night, gateway):
    drop_gateway(night.desk("Haneul"), gateway=gateway)
    with pytest.raises(Refused, match=r"contact\.gateway_unknown"):
        note_heard(house_desk(), ear=gateway, channel=PHONE)


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        assert self.post("/enter/", {"code_name": officer, "password": f"of {officer}"}).status_code == 302
        self.post("/language/", {"language": "en"})

    def reads(self, path: str) -> str:
        return self.get(path).content.decode()


def test_now_and_the_page_say_which_channel_is_not_heard(night, hearing, gateway):
    hearing.heard(night.now)
    hearing.heard(night.now, gateway, PHONE)
    haneul = Visitor("Haneul")
    assert "all 2 channels heard" in haneul.reads("/now/")
    hearing.seconds += GATEWAY_STALE_S + 1
    hearing.heard(night.now)
    shown = haneul.reads("/now/")
    assert f"Gateway {gateway} is not heard since" in shown and "The spool is not heard" not in shown
    assert "Silence means nothing until we do." in shown
    page = haneul.reads("/ears/")
    assert "The desk does not hear everything" in page and f"/in/{gateway}/" in page


def test_a_clock_that_is_right_again_is_complained_of_no_more_but_a_wrong_signature_for_a_day(night, hearing, gateway):
    clock, signature = "clock is not right.", "The signature does not hold."
    haneul = Visitor("Haneul")
    hearing.refused("contact.gateway_clock", night.now, gateway, PHONE)
    assert clock in haneul.reads("/ears/")
    hearing.heard(night.now, gateway, PHONE)
    assert clock not in haneul.reads("/ears/")
    hearing.refused("contact.signature_wrong", night.now, gateway, PHONE)
    hearing.heard(night.now, gateway, PHONE)
    assert signature in haneul.reads("/ears/")
    hearing.heard(night.now + DAY_MS, gateway, PHONE)
    assert signature not in haneul.reads("/ears/")


def test_a_key_is_shown_once_to_who_manages_and_typed_the_password(night, hearing, monkeypatch):
    haneul, boram = Visitor("Haneul"), Visitor("Boram")
    assert "Keep a gateway" not in boram.reads("/ears/")
    assert boram.post("/ears/", {"channel": "android"}).status_code == 409
    assert haneul.post("/ears/", {"channel": "spool"}).status_code == 409
    tick = seats._tick
    monkeypatch.setattr(seats, "_tick", lambda: tick() + CONFIRMED_S + 1)
    assert haneul.post("/ears/", {"channel": "android"}).status_code == 409, "the password was typed too long ago"
    shown = haneul.post("/ears/", {"channel": "android", "password_again": "of Haneul"})
    (kept,) = told(GatewayKept)
    key = shown.content.decode().split('class="words" translate="no">')[1].split("<")[0]
    assert len(key) == posts.LETTERS and shown.headers["Cache-Control"] == "no-store"
    assert key not in haneul.reads("/ears/")
    assert boram.post(f"/ears/{kept.gateway}/drop/").status_code == 409
    assert haneul.post(f"/ears/{kept.gateway}/drop/").status_code == 302
    assert haneul.post(f"/ears/{kept.gateway}/drop/").status_code == 409
    assert [fact.gateway for fact in told(GatewayDropped)] == [kept.gateway]
    assert SPOOL == 0 and "never heard" in haneul.reads("/ears/")
