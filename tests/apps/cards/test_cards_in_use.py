"""Cards in use: rows are used up once, whoever reads; what was used, passed over or forced is known as such."""

import pytest
from house.small_world import FALSE, OWN, told

from ojakgyo.apps.cards import reading, stock
from ojakgyo.apps.cards.models import Card, CardState, LateRow, OwnNumber, UsedText
from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.cards.reading import accepting, texts
from ojakgyo.apps.cards.reading.book import open_book
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.models import Stuck
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.store import keyholder


def read(world, text, *, writing):
    """One reading in a transaction of its own."""
    with writing("test"):
        return reading.read_text(world.desk(), person=world.persons["Beodeul"], words=text).reading


@pytest.fixture
def writing():
    from ojakgyo.apps.chronicle.acts import writing

    return writing


def card(world) -> Card:
    return Card.objects.get(person_id=world.persons["Beodeul"], in_use=CardState.ACTIVE)


def test_a_right_text_uses_up_its_row_and_moves_the_card_on(world, writing):
    before = card(world)
    said = read(world, world.text("Beodeul", Meaning.ARRIVED), writing=writing)
    assert (said.result, said.row, said.meaning) == (ReadingResult.OK, 0, Meaning.ARRIVED)
    after = card(world)
    assert (before.row, after.row) == (0, 1)
    assert after.state != before.state


def test_the_state_that_is_left_draws_no_row_that_was_used(world, writing):
    key = keyholder.ring().state_key()
    _, used = rows_ahead(key, world.persons["Beodeul"], 1)[0]
    read(world, world.text("Beodeul"), writing=writing)
    ahead = [row.cells for _, row in rows_ahead(key, world.persons["Beodeul"], 12)]
    assert used.cells not in ahead


@pytest.mark.parametrize("result", ["ok", "slip", "duress"])
def test_whatever_uses_a_row_leaves_its_tag_and_the_same_text_is_a_replay(world, writing, result):
    text = {
        "ok": world.text("Beodeul"),
        "slip": world.text("Beodeul", Meaning.GUARD_5),
        "duress": world.text("Beodeul", duress=True),
    }[result]
    first = read(world, text, writing=writing)
    assert first.result is ReadingResult(result)
    assert list(UsedText.objects.values_list("row", flat=True)) == [0]
    again = read(world, text, writing=writing)
    assert (again.result, again.row) == (ReadingResult.REPLAY, None)
    assert (card(world).row, UsedText.objects.count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "안녕", "......"])
def test_what_is_no_six_digits_uses_nothing(world, writing, text):
    assert read(world, text, writing=writing).result is ReadingResult.MALFORMED
    assert (card(world).row, UsedText.objects.count()) == (0, 0)


def test_a_text_of_another_card_says_nothing_on_this_one(world, writing):
    assert read(world, world.text("Yeoul"), writing=writing).result is not ReadingResult.OK


def test_rows_passed_over_are_late_and_still_read_once(world, writing):
    first, third = world.text("Beodeul"), world.text("Beodeul", row=2)
    assert read(world, third, writing=writing).row == 2
    assert (card(world).row, sorted(LateRow.objects.values_list("row", flat=True))) == (3, [0, 1])
    assert read(world, first, writing=writing).row == 0
    assert list(LateRow.objects.values_list("row", flat=True)) == [1]
    assert card(world).row == 3
    assert read(world, first, writing=writing).result is ReadingResult.REPLAY


def test_duress_in_a_row_passed_over_is_heard(world, writing):
    forced = world.text("Beodeul", duress=True)
    read(world, world.text("Beodeul", row=1), writing=writing)
    assert read(world, forced, writing=writing).result is ReadingResult.DURESS


def test_a_row_passed_over_is_read_for_48_hours_and_not_after(world, writing):
    first = world.text("Beodeul")
    read(world, world.text("Beodeul", row=1), writing=writing)
    world.clocks.go_on(48 * 3600 - 1)
    assert len(open_book(world.desk(), card(world), at=world.clocks.now).rows) == 4
    world.clocks.go_on(1)
    assert read(world, first, writing=writing).result is not ReadingResult.OK


def test_a_row_passed_over_is_forgotten_when_its_time_is_up(world, writing):
    read(world, world.text("Beodeul", row=2), writing=writing)
    world.clocks.go_on(48 * 3600 - 1)
    rounds.settle_all(world.desk)
    assert LateRow.objects.count() == 2
    world.clocks.go_on(1)
    rounds.settle_all(world.desk)
    assert not LateRow.objects.exists()


def test_of_two_readers_at_once_one_is_refused_and_reads_again(world, writing, monkeypatch):
    """The other has used the row between this one's look and its stroke."""
    text = world.text("Beodeul")
    stale = open_book(world.desk(), card(world), at=world.clocks.now)
    read(world, text, writing=writing)
    with monkeypatch.context() as patched:
        patched.setattr(texts, "books_of", lambda *_, **__: [stale])
        with pytest.raises(Refused) as refused:
            read(world, text, writing=writing)
    assert refused.value.code == "house.busy"
    assert (card(world).row, UsedText.objects.count()) == (1, 1)
    assert read(world, text, writing=writing).result is ReadingResult.REPLAY


def test_of_two_readers_of_a_row_passed_over_one_is_refused_too(world, writing, monkeypatch):
    first = world.text("Beodeul")
    read(world, world.text("Beodeul", row=1), writing=writing)
    stale = open_book(world.desk(), card(world), at=world.clocks.now)
    assert read(world, first, writing=writing).result is ReadingResult.OK
    monkeypatch.setattr(texts, "books_of", lambda *_, **__: [stale])
    with pytest.raises(Refused) as refused:
        read(world, first, writing=writing)
    assert refused.value.code == "house.busy"


def test_a_reader_that_comes_second_is_not_counted_as_a_failure(world, monkeypatch):
    monkeypatch.setattr(accepting, "use_up", lambda *_, **__: (_ for _ in ()).throw(Refused("house.busy")))
    world.arrives(world.text("Beodeul"))
    world.listen()
    world.work()
    assert not told(facts.MessageRead)
    assert not Stuck.objects.exists()
    monkeypatch.undo()
    world.work()
    assert [each.result for each in told(facts.MessageRead)] == [ReadingResult.OK]


def test_rows_are_drawn_with_the_state_key_alone(world, monkeypatch):
    """Printing is handed one key: the number's is never asked for, and its rows may be gone."""
    key = keyholder.ring().state_key()
    OwnNumber.objects.all().delete()
    monkeypatch.setattr(Ring, "number_key", lambda _: pytest.fail("printing asked for the own number"))
    drawn = rows_ahead(key, world.persons["Beodeul"], 12)
    assert [number for number, _ in drawn] == list(range(12))


def test_the_number_key_opens_no_state_and_the_state_key_no_number(world):
    ring = keyholder.ring()
    with pytest.raises(NotHeld):
        stock.opened(ring.number_key(), card(world))
    sealed = OwnNumber.objects.get(card=card(world))
    with pytest.raises(NotHeld):
        seals.unseal(ring.state_key(), stock.number_place(sealed.pk), sealed.number)


def test_nothing_is_read_without_the_number_key(world, writing, monkeypatch):
    text = world.text("Beodeul")

    def absent(_):
        raise NotHeld

    monkeypatch.setattr(Ring, "number_key", absent)
    with pytest.raises(NotHeld):
        read(world, text, writing=writing)
    assert (card(world).row, UsedText.objects.count()) == (0, 0)


def test_who_has_no_card_is_read_by_none_and_heard_all_the_same(world, writing):
    with writing("test"):
        assert reading.read_text(world.desk(), person=world.persons["Noeul"], words="482193") is None


def test_the_own_number_is_sealed_for_its_card_alone(world):
    """A number moved to another card opens nothing there."""
    other = Card.objects.get(person_id=world.persons["Yeoul"])
    mine = OwnNumber.objects.get(card=card(world))
    OwnNumber.objects.filter(card=other).update(number=mine.number)
    with pytest.raises(Exception) as damaged:
        reading.number_of(world.desk(), other.pk)
    assert damaged.value.code.startswith("vault.")


def test_the_false_number_of_this_world_is_no_slip_of_the_own():
    assert not OWN.nearly(FALSE.digits)
    assert encode
