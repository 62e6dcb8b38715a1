"""A restored backup: the paper is ahead of the desk, by rows it does not know. Two that follow each other set it right."""

import pytest
from house.small_world import told
from reading_house import FALSE, OTHER, change, code, hears, present, result

from ojakgyo.apps.cards import reading
from ojakgyo.apps.cards.models import Challenge, LateRow, Match
from ojakgyo.apps.chronicle import rounds
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.contact.models import Inbound, InboundState, Window, WindowState
from ojakgyo.domain import facts
from ojakgyo.domain.cards import challenge
from ojakgyo.domain.facts import ReadingResult
from ojakgyo.domain.values.instants import HOUR_MS


@pytest.fixture
def behind(world):
    """Beodeul's card is as the backup had it, its paper four rows ahead. The texts of all its rows."""
    texts = [code(present(world), row) for row in range(12)]
    change(present(world), resync_ms=world.clocks.now)
    return texts


def test_one_row_waits_keeps_the_window_and_uses_nothing(world, behind):
    assert hears(world, behind[4]) is None
    assert present(world).row == 0 and len(told(facts.MatchWaiting)) == 1
    assert Window.objects.get(person_id=world.persons["Beodeul"]).state == WindowState.KEPT
    assert Inbound.objects.get().state == InboundState.PENDING


@pytest.mark.parametrize("order", [(4, 5), (5, 4)])
def test_two_rows_that_follow_each_other_both_count_and_set_the_desk_right(world, behind, order):
    for row in order:
        hears(world, behind[row])
    assert [(each.row, each.result) for each in told(facts.MessageRead)] == [(row, ReadingResult.OK) for row in order]
    assert told(facts.Resynchronised)[0].card == present(world).pk
    assert (present(world).row, present(world).resync_ms) == (6, None)
    assert not Match.objects.exists()
    kept = Window.objects.get(person_id=world.persons["Beodeul"], state=WindowState.KEPT).pk
    assert [each.window for each in told(facts.MessageRead)] == [kept, None]


def test_rows_used_before_the_restore_are_not_read_afterwards(world, behind):
    """The desk does not remember that they were: they must not become late rows."""
    for row in (4, 5):
        hears(world, behind[row])
    assert not LateRow.objects.exists()
    assert result(world, behind[2]) is ReadingResult.GARBLED
    assert result(world, behind[6]) is ReadingResult.OK


def test_rows_that_do_not_follow_each_other_set_nothing_right(world, behind):
    for row in (4, 6, 8):
        assert hears(world, behind[row]) is None
    assert present(world).row == 0
    hears(world, behind[9])
    assert [each.row for each in told(facts.MessageRead)] == [8, 9]


def test_the_second_may_come_from_another_phone_that_the_desk_knows_as_theirs(world, behind):
    """By voice, or through a program: whose card it is decides, not the phone."""
    from ojakgyo.apps.contact.reading_now import result_of, verify

    hears(world, behind[4])
    world.clocks.go_on(601)
    message = verify(world.desk(), person=world.persons["Beodeul"], words=behind[5])
    assert result_of(message) is ReadingResult.OK and present(world).row == 6


def test_duress_is_heard_at_once_and_the_next_row_sets_the_desk_right(world, behind):
    forced = code(present(world), 4, own=FALSE)
    assert hears(world, forced).result is ReadingResult.DURESS
    assert present(world).resync_ms is not None
    assert hears(world, behind[5]).result is ReadingResult.OK
    assert len(told(facts.MessageRead)) == 2 and present(world).row == 6


def test_no_second_row_in_two_weeks_and_it_was_garbled(world, behind):
    hears(world, behind[4])
    world.clocks.go_on(14 * 24 * 3600 + 1)
    rounds.settle_all(world.desk)
    (read,) = told(facts.MessageRead)
    assert (read.person, read.result) == (world.persons["Beodeul"], ReadingResult.GARBLED)
    assert read.window is not None


def test_a_challenge_by_voice_sets_it_right_with_one(world, behind):
    from test_cards_reading_throttle import answer_of

    Challenge.objects.create(card=present(world), row=2, digit=5, until_ms=world.clocks.now + HOUR_MS)
    assert hears(world, answer_of(present(world), 5, row=2)).result is ReadingResult.OK
    assert (present(world).row, present(world).resync_ms) == (3, None)
    assert not LateRow.objects.exists()
    assert len(told(facts.Resynchronised)) == 1


def test_by_voice_a_paper_that_is_ahead_answers_from_a_row_of_its_own(world, behind):
    """The desk counts its lines from an older place: the digit is what was asked for."""
    from test_cards_reading_throttle import answer_of

    card, asked = present(world), challenge.Challenge(1, 5)
    with writing("test"):
        heard, _ = reading.read_answer(world.desk(), card=card, words=answer_of(card, 5, row=4), asked=asked)
    assert heard is ReadingResult.OK
    assert (present(world).row, present(world).resync_ms) == (5, None)


def test_from_a_phone_nobody_knows_it_is_ahead_as_well(world, behind):
    for row in (4, 5):
        hears(world, behind[row], number=OTHER)
    assert [each.result for each in told(facts.MessageRead)] == [ReadingResult.OK] * 2
    assert (present(world).row, present(world).resync_ms) == (6, None)
    assert not LateRow.objects.exists()
