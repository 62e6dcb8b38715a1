"""What somebody with a found card, a borrowed phone or patience gets out of the reading: nothing, and no crash."""

import pytest
from house.small_world import told
from reading_house import FALSE, OWN, STRANGER, change, code, end, hears, present, result

from ojakgyo.apps.cards.models import BadText, Card, CardState, LateRow, OwnNumber, UsedText
from ojakgyo.apps.cards.reading.kept import kept
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.models import Stuck
from ojakgyo.domain import facts
from ojakgyo.domain.facts import ReadingResult

STOPPED = [CardState.BURNT, CardState.LOST, CardState.CAPTURED]


@pytest.mark.parametrize("state", STOPPED)
def test_rows_passed_over_of_a_card_that_was_stopped_are_tripwires_too_from_any_phone(world, state):
    """Its number is gone at once, its rows passed over stand for two days more."""
    card = present(world)
    first, second = code(card), code(card, 1)
    result(world, code(card, 2))
    end(world, card, state)
    assert LateRow.objects.filter(card=card).count() == 2 and not OwnNumber.objects.filter(card=card).exists()
    assert hears(world, first, number=STRANGER) is None
    hears(world, second, number=STRANGER)
    assert [each.result for each in told(facts.MessageRead)[1:]] == [ReadingResult.TRIPWIRE] * 2
    assert result(world, first) is ReadingResult.TRIPWIRE
    assert not Stuck.objects.exists()


@pytest.mark.parametrize("state", STOPPED)
def test_a_row_that_waits_while_its_card_is_stopped_is_a_tripwire_when_the_second_comes(world, state):
    card = present(world)
    first, second = code(card), code(card, 1)
    result(world, code(card, 2))
    hears(world, first, number=STRANGER)
    end(world, card, state)
    hears(world, second, number=STRANGER)
    assert {each.result for each in told(facts.MessageRead)[1:]} <= {ReadingResult.TRIPWIRE}
    assert not Stuck.objects.exists()


def test_whoever_found_a_lost_card_buys_no_new_tries_with_its_rows(world):
    """Rows of an ended card stay as they are: sent again and again they would open the count each time."""
    card = present(world)
    first, second = code(card), code(card, 1)
    end(world, card, CardState.LOST)
    for text in ("114821", "224821", first, second):
        hears(world, text, number=STRANGER)
    assert len(told(facts.TripwireTouched)) == 2
    assert BadText.objects.count() == 4


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
@pytest.mark.parametrize("order", [(4, 5), (5, 4)])
def test_after_a_restore_both_rows_are_used_up_whatever_the_first_said(world, own, order):
    """Duress is read at once and a right text waits; once the desk is set right, nothing tells which it was."""
    card = present(world)
    texts = [code(card, order[0], own=own), code(card, order[1])]
    change(card, resync_ms=world.clocks.now)
    for text in texts:
        hears(world, text)
    assert present(world).resync_ms is None
    assert (present(world).row, LateRow.objects.count()) == (6, 0)
    assert sorted(UsedText.objects.values_list("row", flat=True)) == [4, 5]
    assert result(world, texts[0]) is ReadingResult.REPLAY


def test_rows_that_were_passed_over_too_long_ago_lie_in_no_memory(world):
    first = code(present(world))
    result(world, code(present(world), 1))
    kept.index(world.desk())
    assert len(kept._late) == 1
    world.clocks.go_on(48 * 3600 + 1)
    rounds.settle_all(world.desk)
    kept.index(world.desk())
    assert not LateRow.objects.exists() and not kept._late
    assert result(world, first) is ReadingResult.GARBLED
    assert Card.objects.get(pk=present(world).pk).row == 2
