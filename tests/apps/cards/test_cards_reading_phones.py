"""Whose text it is: a shared phone, somebody in a holder's pocket, another's phone, one nobody knows."""

import pytest
from house.small_world import told
from reading_house import FALSE, OTHER, OWN, STRANGER, code, hears, line, present, result

from ojakgyo.apps.cards.models import BadText, Card, Match, PocketNumber, Sharer, UsedText
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.contact.models import Inbound, InboundState, Window, WindowState
from ojakgyo.domain import facts
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning, ReadingResult

NO_CODES = ("", "안녕하세요", "12345", "1234567", "1" * 15, "4821" * 40)


@pytest.mark.parametrize("text", NO_CODES)
def test_no_digits_too_few_or_too_many_are_malformed_and_use_nothing(world, text):
    assert result(world, text) is ReadingResult.MALFORMED
    assert present(world).row == 0 and not UsedText.objects.exists() and not BadText.objects.exists()


@pytest.mark.parametrize("text", NO_CODES)
def test_from_a_stranger_they_are_no_try_either(world, text):
    assert result(world, text, number=STRANGER) is ReadingResult.MALFORMED
    assert not BadText.objects.exists() and not Match.objects.exists()


def test_two_codes_in_one_text_are_garbled_and_use_no_row(world):
    both = code(present(world)) + " " + code(present(world), 1)
    assert result(world, both) is ReadingResult.GARBLED
    assert present(world).row == 0


def test_a_shared_phone_is_told_apart_by_the_row(world):
    Sharer.objects.create(line_id=line(world), person_id=world.persons["Yeoul"])
    read = hears(world, code(present(world, "Yeoul")))
    assert (read.person, read.result, read.card) == (
        world.persons["Yeoul"],
        ReadingResult.OK,
        present(world, "Yeoul").pk,
    )
    assert (present(world).row, present(world, "Yeoul").row) == (0, 1)


def test_duress_on_a_shared_phone_is_theirs_whose_row_it_is(world):
    Sharer.objects.create(line_id=line(world), person_id=world.persons["Yeoul"])
    read = hears(world, code(present(world, "Yeoul"), own=FALSE))
    assert (read.person, read.result) == (world.persons["Yeoul"], ReadingResult.DURESS)


def test_what_fits_nothing_on_a_shared_phone_is_the_holders(world):
    Sharer.objects.create(line_id=line(world), person_id=world.persons["Yeoul"])
    read = hears(world, "114821")
    assert (read.person, read.result) == (world.persons["Beodeul"], ReadingResult.GARBLED)


def test_who_is_in_the_holders_pocket_confirms_by_a_code_of_their_own_from_that_phone(world):
    PocketNumber.objects.create(holder_id=world.persons["Beodeul"], about_id=world.persons["Yeoul"], number=27)
    read = hears(world, code(present(world, "Yeoul"), meaning=Meaning.ARRIVED))
    assert (read.person, read.result) == (world.persons["Yeoul"], ReadingResult.OK)
    (arrived,) = told(facts.ArrivalConfirmed)
    assert (arrived.person, arrived.about) == (world.persons["Yeoul"], world.persons["Yeoul"])


def waiting() -> list[str]:
    return list(Inbound.objects.filter(state=InboundState.PENDING).values_list("message", flat=True))


def test_one_row_from_a_phone_nobody_knows_waits_and_is_no_reading(world):
    assert hears(world, code(present(world)), number=STRANGER) is None
    (waits,) = told(facts.MatchWaiting)
    assert (waits.person, waits.row) == (world.persons["Beodeul"], 0)
    assert (present(world).row, len(waiting()), UsedText.objects.count()) == (0, 1, 0)
    assert Inbound.objects.get(message=waits.message).words is not None


@pytest.mark.parametrize("rows", [(0, 1), (1, 0), (0, 2)])
def test_the_second_row_makes_both_count_in_the_order_in_which_they_came(world, rows):
    for row in [code(present(world), each) for each in rows]:
        hears(world, row, number=STRANGER)
    read = told(facts.MessageRead)
    assert [each.row for each in read] == list(rows)
    assert [each.result for each in read] == [ReadingResult.OK] * 2
    assert {each.person for each in read} == {world.persons["Beodeul"]}
    assert present(world).row == max(rows) + 1
    assert not waiting() and not Match.objects.exists() and not BadText.objects.exists()
    assert not Inbound.objects.filter(dropped=None).exists(), "their words lie in the inbox of the cell"


def test_two_rows_under_duress_from_a_phone_nobody_knows_are_duress_twice(world):
    for text in (code(present(world), own=FALSE), code(present(world), 1, own=FALSE)):
        hears(world, text, number=STRANGER)
    assert [each.result for each in told(facts.MessageRead)] == [ReadingResult.DURESS] * 2


def test_two_rows_that_say_two_other_numbers_are_enough_for_nothing(world):
    """Whoever tries texts at random says another number each time; whoever is forced says the one that was agreed."""
    for text in (code(present(world), own=FALSE), code(present(world), 1, own=OwnNumber((5, 2)))):
        hears(world, text, number=STRANGER)
    assert told(facts.MessageRead) == [] and len(waiting()) == 2


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_rows_that_do_not_follow_each_other_are_enough_for_well_and_for_duress_alike(world, own):
    """The row between went wrong; a fourth one would not be tried."""
    for text in (code(present(world), own=own), code(present(world), 2, own=own)):
        hears(world, text, number=STRANGER)
    assert [each.row for each in told(facts.MessageRead)] == [0, 2] and not waiting()


def test_well_and_duress_wait_alike(world):
    facts_of = []
    for text in (code(present(world)), code(present(world, "Yeoul"), own=FALSE)):
        hears(world, text, number=STRANGER)
        facts_of.append((len(told(facts.MatchWaiting)), len(told(facts.MessageRead)), len(waiting())))
    assert facts_of == [(1, 0, 1), (2, 0, 2)]


def test_rows_from_two_phones_are_not_put_together(world):
    hears(world, code(present(world)), number=STRANGER)
    assert hears(world, code(present(world), 1), number=OTHER) is None
    assert present(world).row == 0


def test_the_same_row_again_with_another_number_is_no_second_row(world):
    hears(world, code(present(world), own=FALSE), number=STRANGER)
    assert hears(world, code(present(world)), number=STRANGER) is None
    assert present(world).row == 0


def test_a_second_row_after_48_hours_is_a_first_one(world):
    hears(world, code(present(world)), number=STRANGER)
    world.clocks.go_on(48 * 3600)
    assert hears(world, code(present(world), 1), number=STRANGER) is None
    assert present(world).row == 0


def test_who_waited_in_vain_is_read_as_nobody_and_the_match_is_forgotten(world):
    hears(world, code(present(world)), number=STRANGER)
    world.clocks.go_on(48 * 3600 + 1)
    rounds.settle_all(world.desk)
    (read,) = told(facts.MessageRead)
    assert (read.person, read.card, read.result) == (None, None, ReadingResult.MALFORMED)
    assert not Match.objects.exists() and not waiting()


def test_a_first_row_that_was_used_by_another_text_meanwhile_proves_nothing(world):
    """A stranger has seen the paper's top row; its holder uses it, and the stranger goes on to the next."""
    first = code(present(world), own=FALSE)
    hears(world, first, number=STRANGER)
    after = code(present(world), 1, own=FALSE)
    assert result(world, code(present(world))) is ReadingResult.OK
    assert hears(world, after, number=STRANGER) is None


def test_somebody_elses_card_is_garbled_on_the_holders_and_waits_for_a_second_row(world):
    first, second = (code(present(world, "Yeoul"), row) for row in (0, 1))
    assert hears(world, first) is None
    assert told(facts.MatchWaiting)[0].person == world.persons["Yeoul"]
    window = Window.objects.get(person_id=world.persons["Beodeul"])
    assert window.state == WindowState.KEPT, "the holder's phone is a sign of life like any garbled text"
    read = hears(world, second)
    assert [(each.person, each.result) for each in told(facts.MessageRead)] == [
        (world.persons["Yeoul"], ReadingResult.OK)
    ] * 2
    assert read.row == 1 and present(world, "Yeoul").row == 2
    assert (present(world).row, BadText.objects.count()) == (0, 0)


def test_somebody_elses_card_that_no_second_row_follows_was_garbled(world):
    hears(world, code(present(world, "Yeoul")))
    world.clocks.go_on(48 * 3600 + 1)
    rounds.settle_all(world.desk)
    (read,) = told(facts.MessageRead)
    assert (read.person, read.result) == (world.persons["Beodeul"], ReadingResult.GARBLED)
    assert read.window == Window.objects.get(person_id=world.persons["Beodeul"], state=WindowState.KEPT).pk


def test_what_an_officer_types_for_somebody_is_read_on_no_others_card(world):
    from ojakgyo.apps.contact.reading_now import result_of, verify

    message = verify(world.desk(), person=world.persons["Beodeul"], words=code(present(world, "Yeoul")))
    assert result_of(message) is ReadingResult.GARBLED
    assert not told(facts.MatchWaiting) and Card.objects.get(person_id=world.persons["Yeoul"]).row == 0


def test_a_used_text_from_a_phone_nobody_knows_says_nothing(world):
    text, newer = code(present(world)), code(present(world), 1)
    for said in (text, newer):
        result(world, said)
    assert result(world, text, number=STRANGER) is ReadingResult.MALFORMED
    assert result(world, text) is ReadingResult.REPLAY
