"""What counts only once it is certain: two texts of one number, words that are said on that phone, a code written twice."""

import pytest
from house.small_world import told
from reading_house import FALSE, OWN, STRANGER, code, hears, present, result

from ojakgyo.apps.cards.models import BadText, Match, PocketNumber, UsedText
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.domain import facts
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning, ReadingResult

OK, SLIP, DURESS, GARBLED = ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS, ReadingResult.GARBLED
TURNED = OwnNumber(tuple(reversed(OWN.digits)))
ANOTHER = OwnNumber((9, 6))


def results(kind=facts.MessageRead) -> list[tuple[ReadingResult, int | None]]:
    return [(each.result, each.row) for each in told(kind)]


def waiting() -> int:
    return Inbound.objects.filter(state=InboundState.PENDING).count()


# From a phone nobody knows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [FALSE, TURNED, ANOTHER], ids=["duress", "slip", "any"])
@pytest.mark.parametrize("right_first", [True, False])
def test_a_right_text_and_another_that_fits_wait_for_a_third(world, other, right_first):
    """A text at random fits another row of that card; so one right text and patience would be "all well"."""
    right, wrong = code(present(world), 0, meaning=Meaning.RECEIVED), code(present(world), 1, own=other)
    for text in (right, wrong) if right_first else (wrong, right):
        assert hears(world, text, number=STRANGER) is None
    assert waiting() == 2 and not told(facts.ReceiptConfirmed) and present(world).row == 0
    assert hears(world, code(present(world), 2), number=STRANGER).result is OK
    assert {OK, present_result(other)} <= {each for each, _ in results()} and waiting() == 0


def present_result(number) -> ReadingResult:
    return SLIP if number is TURNED else DURESS


def test_two_slips_of_two_kinds_are_enough_for_nothing(world):
    for row, number in enumerate((TURNED, OwnNumber((OWN.digits[0], (OWN.digits[1] + 1) % 10)))):
        hears(world, code(present(world), row, own=number), number=STRANGER)
    assert waiting() == 2 and not results()


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_a_number_mistaken_once_waits_for_the_third_after_both(world, own):
    """Rows that do not follow each other are enough too: no further row would be tried."""
    for row, number in enumerate((own, ANOTHER, own)):
        assert waiting() == row
        hears(world, code(present(world), row, own=number), number=STRANGER)
    right = OK if own is OWN else DURESS
    assert results() == [(right, 0), (DURESS, 1), (right, 2)]
    assert (waiting(), present(world).row) == (0, 3)


def test_every_text_that_waits_is_heard_with_the_second_of_one_number_the_oldest_first(world):
    """An earlier word under duress used to be thrown away with the match that was not needed."""
    texts = [code(present(world), 0, own=FALSE), code(present(world), 1), code(present(world), 2)]
    came = [hears(world, text, number=STRANGER) for text in texts]
    assert came[:2] == [None, None]
    assert results() == [(DURESS, 0), (OK, 1), (OK, 2)]
    assert waiting() == 0 and not Match.objects.exists()
    world.clocks.go_on(49 * 3600)
    rounds.settle_all(world.desk)
    assert len(results()) == 3, "nothing is read once more when it is given up"


# In the pocket of the holder --------------------------------------------------------------------------------------------


def in_pocket(world):
    PocketNumber.objects.create(holder_id=world.persons["Beodeul"], about_id=world.persons["Yeoul"], number=27)


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
@pytest.mark.parametrize("meaning", [Meaning.ARRIVED, Meaning.HANDED_OVER])
def test_who_is_in_the_pocket_says_there_that_they_are_here_in_one_text(world, own, meaning):
    in_pocket(world)
    read = hears(world, code(present(world, "Yeoul"), own=own, meaning=meaning))
    assert (read.person, read.result) == (world.persons["Yeoul"], OK if own is OWN else DURESS)


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_anything_else_of_theirs_waits_for_a_second_row_and_nobody_sees_which_it_was(world, own):
    in_pocket(world)
    assert hears(world, code(present(world, "Yeoul"), own=own)) is None
    assert (waiting(), present(world, "Yeoul").row, BadText.objects.exclude(card=None).count()) == (1, 0, 0)
    hears(world, code(present(world, "Yeoul"), 1, own=own))
    assert [(each.person, each.row) for each in told(facts.MessageRead)] == [
        (world.persons["Yeoul"], at) for at in (0, 1)
    ]
    assert {each.result for each in told(facts.MessageRead)} == {OK if own is OWN else DURESS}


# Written twice, and more often ------------------------------------------------------------------------------------------


def test_a_code_written_twice_is_that_code_and_one_written_four_times_is_two_codes(world):
    """The rules halve a text once (docs/reference/cards.md)."""
    first, second = code(present(world)), code(present(world), 1)
    assert result(world, first * 2) is OK and present(world).row == 1
    assert result(world, second * 4) is SLIP and present(world).row == 2
    assert UsedText.objects.count() == 2
    assert hears(world, second) is None and present(world).row == 2, "the last text once more"
