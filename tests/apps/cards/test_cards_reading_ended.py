"""Cards that are in use no more: burnt, lost, captured, retired. Whoever uses one of their rows is known by it."""

import pytest
from house.small_world import told
from reading_house import FALSE, STRANGER, code, end, hears, present, result
from world import night, night_kept

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.actions import issue_card
from ojakgyo.apps.cards.models import Card, CardState, LateRow, OwnNumber
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain import facts
from ojakgyo.domain.facts import ReadingResult

__all__ = ["night", "night_kept"]
from ojakgyo.store import keyholder


@pytest.mark.parametrize("state", [CardState.BURNT, CardState.LOST, CardState.CAPTURED])
def test_a_row_of_a_card_that_was_stopped_is_a_tripwire_and_keeps_no_window(world, state):
    text, card = code(present(world)), present(world)
    end(world, card, state)
    read = hears(world, text)
    assert (read.result, read.card, read.row, read.window) == (ReadingResult.TRIPWIRE, card.pk, 0, None)
    (touched,) = told(facts.TripwireTouched)
    assert (touched.person, touched.row, touched.message) == (world.persons["Beodeul"], 0, read.message)
    assert Window.objects.filter(state=WindowState.AGREED).exists()
    assert Signal.objects.get().result is ReadingResult.TRIPWIRE


def test_any_number_touches_it_and_so_does_its_last_row(world):
    card = present(world)
    texts = [code(card, 11, own=FALSE), code(card, 5)]
    end(world, card, CardState.LOST)
    assert [result(world, text) for text in texts] == [ReadingResult.TRIPWIRE] * 2


def test_a_text_the_ended_card_was_used_for_is_a_replay(world):
    text, card = code(present(world)), present(world)
    result(world, text)
    end(world, card, CardState.LOST)
    assert result(world, text) is ReadingResult.REPLAY


def test_a_lost_card_from_a_phone_nobody_knows_is_known_by_two_rows(world):
    card = present(world)
    first, second = code(card), code(card, 1)
    end(world, card, CardState.LOST)
    assert hears(world, first, number=STRANGER) is None
    hears(world, second, number=STRANGER)
    assert [(each.result, each.person) for each in told(facts.MessageRead)] == [
        (ReadingResult.TRIPWIRE, world.persons["Beodeul"])
    ] * 2
    assert len(told(facts.TripwireTouched)) == 2


def test_after_a_year_it_is_garbled_like_anything(world):
    text, card = code(present(world)), present(world)
    end(world, card, CardState.LOST)
    world.clocks.go_on(366 * 24 * 3600)
    rounds.settle_all(world.desk)
    assert bytes(Card.objects.get(pk=card.pk).state) == b""
    assert hears(world, text).result is ReadingResult.MALFORMED, "no card is in use to read it by"


@pytest.fixture
def renewed(night):
    """Beodeul's card of today and the next one in hand, whose first code has not come."""
    card = stock.present(night.person("Beodeul"))
    new = issue_card(night.desk("Haneul"), person=night.person("Beodeul"))
    stock.touch(new, handed_ms=night.now)
    return card, Card.objects.get(pk=new)


def own_of(card):
    from ojakgyo.apps.cards.reading import number_of
    from ojakgyo.apps.vault.desks import house_desk

    return number_of(house_desk(), card.pk)


def fits(card, text):
    """Whether a text fits one of a card's next rows, as one in some hundreds does by chance."""
    rows = stock.rows_of(keyholder.ring().state_key(), card, 6)
    return any(drawn.read_back(text) for _, drawn in rows)


def sends(night, text):
    from factories.cast import HELPERS

    from ojakgyo.demo import spool_file
    from ojakgyo.domain.values import instants

    (helper,) = (each for each in HELPERS if each.name == "Beodeul")
    night.clock.advance_to(night.now + 601_000)
    before = len(told(facts.MessageRead))
    spool_file.write(night.folder, number=helper.number, text=text, heard=instants.aware(night.now))
    assert night.listen() == 1
    night.settle()
    (read,) = told(facts.MessageRead)[before:]
    return read


def test_the_first_code_of_the_next_card_retires_the_present_one_which_is_read_for_48_hours_still(night, renewed):
    old, new = renewed
    on_its_way = code(old)
    later = next(text for text in (code(old, row) for row in range(5, 12)) if not fits(new, text))
    read = sends(night, code(new, own=own_of(new)))
    assert (read.card, read.result) == (new.pk, ReadingResult.OK)
    assert told(facts.CardActivated)[-1].card == new.pk
    assert Card.objects.get(pk=old.pk).in_use == CardState.RETIRED
    assert sends(night, on_its_way).result is ReadingResult.OK
    assert sends(night, later).result is ReadingResult.TRIPWIRE


def test_a_first_code_under_duress_retires_it_too(night, renewed):
    """Nothing that others see may hang on which of both it was."""
    old, new = renewed
    far = next(
        number for number in (FALSE, own_of(old)) if number != own_of(new) and not own_of(new).nearly(number.digits)
    )
    assert sends(night, code(new, own=far)).result is ReadingResult.DURESS
    assert Card.objects.get(pk=old.pk).in_use == CardState.RETIRED
    assert Card.objects.get(pk=new.pk).first_ms is not None


def test_the_present_card_works_on_until_then(night, renewed):
    old, new = renewed
    assert sends(night, code(old)).result is ReadingResult.OK
    assert Card.objects.get(pk=new.pk).first_ms is None


def test_with_its_last_row_the_retired_cards_number_goes(night, renewed):
    old, new = renewed
    sends(night, code(new, own=own_of(new)))
    assert OwnNumber.objects.filter(card=old).exists()
    night.goes_on(hours=49)
    assert not LateRow.objects.filter(card=old).exists() and not OwnNumber.objects.filter(card=old).exists()
