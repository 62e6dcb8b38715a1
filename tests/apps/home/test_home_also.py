"""What else waits is said on Now, quietly: cards to replace, and to who manages a backup that is too old."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from ojakgyo.apps.cards.actions import ask_to_end_quarantine, capture_card
from ojakgyo.apps.cards.models import Card
from ojakgyo.apps.chronicle import seen
from ojakgyo.apps.contact.ears import Hearing
from ojakgyo.apps.home.queries import board
from ojakgyo.apps.home.values import Away, BackupOld
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.requests import approve_request, withdraw_request
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.vault.models import Backup
from ojakgyo.apps.vault.queries.requests import to_sign
from ojakgyo.domain.facts import Absence, RequestKind
from ojakgyo.domain.leaps import LOST_MS
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant


@pytest.fixture
def real(night, monkeypatch):
    """As in a vault that is no practice world."""
    monkeypatch.setattr(settings, "OJAK_DEMO", False)
    return night


def shown(night, officer="Haneul"):
    return board(night.desk(officer), ears=Hearing().ears())


def backed_up(night, *, days: int) -> None:
    Backup.objects.create(
        number=1, taken_ms=night.now - days * DAY_MS, seq=1, data_digest=b"d" * 32, keys_digest=b"k" * 32
    )


def test_cards_that_are_owed_are_counted(night):
    assert shown(night).cards_owed == 0
    Card.objects.filter(person=night.person("Yeoul")).update(replace_ms=night.now, replace_why="opener_left")
    assert shown(night).cards_owed == 1


def test_a_request_to_end_a_quarantine_is_said_to_whoever_may_be_its_second_hand(night):
    haneul = night.desk("Haneul")
    capture_card(haneul, card=night.ids.cards["Beodeul"])
    asked = ask_to_end_quarantine(haneul, person=night.person("Beodeul"))
    assert [shown(night, each).to_sign for each in ("Haneul", "Boram", "Dasom")] == [(), (asked,), (asked,)]
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers["Boram"])
    page = client.get("/now/").content.decode()
    assert f'href="/vault/requests/{ids.text("t", asked)}/"' in page
    approve_request(night.desk("Boram"), request=asked)
    assert [shown(night, each).to_sign for each in ("Haneul", "Boram", "Dasom")] == [(), (), ()]


def test_a_request_that_ran_out_or_was_taken_back_waits_for_nobody(night):
    haneul, boram = night.desk("Haneul"), night.desk("Boram")
    capture_card(haneul, card=night.ids.cards["Beodeul"])
    asked = ask_to_end_quarantine(haneul, person=night.person("Beodeul"))
    assert to_sign(boram, kind=RequestKind.END_QUARANTINE) == (asked,)
    assert to_sign(boram, kind=RequestKind.CLOSE_WARNING) == ()
    assert to_sign(replace(boram, now=Instant(boram.now + HOUR_MS)), kind=RequestKind.END_QUARANTINE) == ()
    withdraw_request(haneul, request=asked)
    assert to_sign(boram, kind=RequestKind.END_QUARANTINE) == ()


def test_a_desk_that_was_never_backed_up_says_so(real):
    assert shown(real).backup_old == BackupOld(None)


def test_a_backup_that_is_too_old_is_said_with_its_age(real):
    backed_up(real, days=3)
    assert shown(real).backup_old == BackupOld(3)


def test_a_fresh_backup_is_not_spoken_of(real):
    backed_up(real, days=1)
    assert shown(real).backup_old is None


@pytest.mark.parametrize(("officer", "told"), [("Dasom", True), ("Boram", False), ("Narae", False)])
def test_only_who_manages_is_told_of_it(real, officer, told):
    assert (shown(real, officer).backup_old is not None) is told


def test_a_practice_world_is_never_told_to_back_up(night):
    assert settings.OJAK_DEMO
    assert shown(night).backup_old is None


def test_a_machine_whose_clock_is_behind_is_said_to_everybody(real, monkeypatch):
    monkeypatch.setattr(real.clock, "lost_ms", LOST_MS)
    assert not shown(real, "Boram").clock_back
    monkeypatch.setattr(real.clock, "lost_ms", LOST_MS + 1)
    assert shown(real, "Boram").clock_back
    assert "The machine&#x27;s clock is behind" in page_of("Boram")


def page_of(officer):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client.get("/now/").content.decode()


def test_for_half_a_day_everybody_reads_when_the_house_was_away(real):
    since = Instant(real.now - HOUR_MS)
    seen.note_away(house_desk(), since=since, absence=Absence.CLOSED)
    assert shown(real, "Narae").away == Away(since, real.now, Absence.CLOSED)
    assert "The desk was closed from" in page_of("Narae")
    real.clock.at(real.now + 12 * HOUR_MS)
    assert shown(real, "Narae").away is None
