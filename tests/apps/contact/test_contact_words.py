"""Words that were read lie where only members open them; what was agreed falls with the machine that knew it."""

import pytest
from world import SECRET, night, night_kept, told

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.contact.actions import receive_sms
from ojakgyo.apps.contact.models import Inbound, Route, Window, WindowState
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.apps.contact.unclaimed import show_unclaimed
from ojakgyo.apps.contact.words import words_of
from ojakgyo.apps.vault.actions.cells import begin_epoch
from ojakgyo.apps.vault.desks import command_desk, house_desk
from ojakgyo.apps.vault.models import Organisation
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts import MachineLost, WindowsVoided, WordsShown
from ojakgyo.domain.sealing import organisation
from ojakgyo.domain.values.ids import MessageId
from ojakgyo.domain.values.instants import DAY_MS
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]
STRANGER = "+8610099999999"


def heard(night, words: str, number: str) -> Inbound:
    receive_sms(house_desk(), ext_id=words.encode()[:32], sms=Sms(number=number, words=words))
    night.settle()
    return Inbound.objects.order_by("-seq")[0]


@pytest.fixture
def without_organisation(night):
    """As a vault is until its first shares are drawn."""
    Organisation.objects.all().delete()
    return night


def test_after_it_was_read_the_ring_opens_no_word_of_a_message(night):
    night.hears("Beodeul")
    row = Inbound.objects.get()
    assert row.words is None
    assert (row.cell, row.epoch) == (night.ids.cells["N-2"], 1)
    ring = keyholder.ring()
    for raw in (ring.transit, ring.cards, ring.sys, ring.lines, ring.db):
        assert raw not in row.dropped
    with pytest.raises(NotHeld):
        words_of(house_desk(), MessageId(row.message))


def test_who_holds_the_cell_reads_the_words_and_nobody_else(night):
    night.hears("Beodeul")
    message = MessageId(Inbound.objects.get().message)
    assert words_of(night.desk("Boram"), message).number == "+8610012345678"
    assert len(words_of(night.desk("Haneul"), message).words) == 6
    for nobody in (night.desk("Dasom"), night.keyless("Haneul")):
        with pytest.raises(NotHeld):
            words_of(nobody, message)


def test_words_of_an_earlier_epoch_open_with_the_present_key(night):
    night.hears("Beodeul")
    begin_epoch(night.desk("Haneul"), cell=night.ids.cells["N-2"])
    night.hears("Yeoul")
    first, second = (MessageId(each) for each in Inbound.objects.order_by("seq").values_list("message", flat=True))
    assert [len(words_of(night.desk("Boram"), each).words) for each in (first, second)] == [6, 6]


def test_a_strangers_words_go_to_the_organisation_and_open_with_its_key_alone(night):
    row = heard(night, "who is this", STRANGER)
    assert (row.words, row.cell, row.epoch) == (None, 0, 0)
    (shown,) = show_unclaimed(command_desk(), organisation=organisation.keys(SECRET))
    assert (shown.message, shown.told.number, shown.told.words) == (row.message, STRANGER, "who is this")
    assert [fact.message for fact in told(WordsShown)] == [row.message]
    with pytest.raises(NotHeld):
        words_of(night.desk("Haneul"), MessageId(row.message))


def test_where_no_stranger_wrote_nothing_is_shown_and_nothing_recorded(night):
    night.hears("Beodeul")
    with pytest.raises(Refused, match="nothing_unclaimed"):
        show_unclaimed(command_desk(), organisation=organisation.keys(SECRET))
    assert told(WordsShown) == []


def test_a_strangers_words_of_another_organisation_are_damage(night):
    heard(night, "who is this", STRANGER)
    with pytest.raises(Damaged):
        show_unclaimed(command_desk(), organisation=organisation.keys(bytes(32)))
    assert told(WordsShown) == []


def test_a_strangers_words_stay_in_transit_where_the_organisation_has_no_keys(without_organisation):
    night = without_organisation
    row = heard(night, "who is this", STRANGER)
    assert row.dropped is None
    assert words_of(night.desk("Narae"), MessageId(row.message)).words == "who is this"
    with pytest.raises(NotHeld):
        words_of(night.keyless("Narae"), MessageId(row.message))


def test_a_repetition_keeps_no_copy_and_reads_as_its_first(without_organisation):
    night = without_organisation
    first = heard(night, "twice", STRANGER)
    again = receive_sms(house_desk(), ext_id=b"another file", sms=Sms(number=STRANGER, words="twice"))
    night.settle()
    row = Inbound.objects.get(message=again)
    assert (row.first, row.words, row.dropped) == (first.message, None, None)
    assert words_of(night.desk("Narae"), MessageId(row.message)).words == "twice"


def test_after_thirty_days_the_words_are_gone_from_the_inbox_too(night):
    night.hears("Beodeul")
    night.at(night.now + 31 * DAY_MS)
    row = Inbound.objects.get()
    assert (row.words, row.dropped) == (None, None)
    with pytest.raises(Refused, match=r"contact\.message_gone"):
        words_of(night.desk("Haneul"), MessageId(row.message))


@action
def lose_the_machine(desk):
    return record(desk, MachineLost())


def test_a_lost_machine_voids_every_window_and_route_and_blames_nobody(night):
    agreed = Window.objects.filter(state=WindowState.AGREED)
    count = agreed.count()
    assert count
    assert Route.objects.exists()
    lose_the_machine(night.desk("Haneul"))
    night.settle()
    assert not agreed.exists()
    assert not Route.objects.exists()
    assert [fact.count for fact in told(WindowsVoided)] == [count]
    assert not Due.objects.filter(kind="contact.window", state=DueState.WAITING).exists()
