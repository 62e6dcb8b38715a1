"""The ring drawn anew on a living network: what the house reads goes on being read, and the old keys open nothing."""

import practice_vault
import pytest
from django.db import connections

from ojakgyo.apps.alerts.queries import watcher
from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.network.queries import every_line_is_indexed
from ojakgyo.apps.vault import header, ways
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.runner import opening
from ojakgyo.runner.rotation import forget_line_keys
from ojakgyo.store import keyholder
from ojakgyo.store.sqlcipher.pool import pool

HOME = practice_vault.HOME


def closed():
    keyholder.seal()
    connections.close_all()
    pool.drain()


def opened_again():
    closed()
    opening.open_vault(header.unseal(HOME, header.demo_words(HOME)).ring)


@pytest.fixture
def turned(night):
    """A text waits, undecoded; the ring is drawn anew and the house opened again."""
    night.arrives("Yeoul", Meaning.WELL)
    night.listen()
    before = keyholder.ring()
    header.rotate_ring(HOME, before)
    opened_again()
    return night, before


def results() -> list[str]:
    rows = Entry.objects.filter(kind="contact.message_read").order_by("seq")
    return [row.body.decode().split('"result":"')[1].split('"')[0] for row in rows]


def test_what_the_house_reads_by_itself_opens_under_the_new_ring(turned):
    night, _ = turned
    read = len(results())
    night.settle()
    assert results()[read:] == [ReadingResult.OK], "the waiting text was read under the new key"
    assert watcher(house_desk()) == "https://watcher.invalid/ping"
    night.hears("Beodeul", Meaning.WELL)
    assert results()[-1] == ReadingResult.OK, "card, own number and the index of the line"
    assert set(keyholder.ring().before) == {"lines"}
    assert audit.verify()


def test_the_old_ring_opens_the_database_no_more(turned):
    _, before = turned
    closed()
    with pytest.raises(Damaged):
        opening.open_vault(before)


def test_once_members_have_signed_in_the_old_key_of_the_lines_is_forgotten(turned):
    night, _ = turned
    forget_line_keys(house_desk())
    assert "lines" in keyholder.ring().before, "not before"
    do_chores(night.desk("Haneul"))
    assert every_line_is_indexed(house_desk())
    forget_line_keys(house_desk())
    assert not keyholder.ring().before
    opened_again()
    assert not keyholder.ring().before
    night.hears("Beodeul", Meaning.WELL)
    assert results()[-1] == ReadingResult.OK
    assert not Inbound.objects.filter(code="contact.line_unknown").exists()


def test_killed_before_the_old_keys_were_forgotten_the_next_opening_does_it_again(night, monkeypatch):
    header.rotate_ring(HOME, keyholder.ring())

    def crash(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(header, "settle", crash)
        with pytest.raises(KeyboardInterrupt):
            opened_again()
    opened_again()
    assert set(keyholder.ring().before) == {"lines"}
    night.hears("Beodeul", Meaning.WELL)
    assert results()[-1] == ReadingResult.OK


def test_whoever_still_holds_the_old_ring_does_not_undo_a_rotation(night):
    """The hourly anchor and an opener who signs in, between the rotation and the opening that follows."""
    before = keyholder.ring()
    header.rotate(HOME, before, words="six words of an invented house", opener=None)
    written = (HOME / header.NAME).read_bytes()
    ways.keep_anchor(before, night.now)
    with pytest.raises(Refused, match=r"vault\.turned"):
        header.opener_slot(HOME, before, night.ids.officers["Haneul"], "of Haneul")
    assert (HOME / header.NAME).read_bytes() == written
    assert header.demo_words(HOME) == "six words of an invented house", "a practice world opens by itself again"
    opened_again()
    night.hears("Beodeul", Meaning.WELL)
    assert results()[-1] == ReadingResult.OK
