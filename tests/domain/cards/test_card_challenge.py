from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_card_reading import cards, own_numbers, read, sent

from ojakgyo.domain.cards import challenge, codebook, encode, meanings
from ojakgyo.domain.cards.challenge import Challenge
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning, ReadingResult

OWN = OwnNumber((3, 7))
places, digits = st.integers(0, 2), st.integers(0, 9)


@given(cards, own_numbers, places, digits)
def test_the_own_number_with_the_digit_that_was_asked_for_is_right_and_says_no_meaning(rows, own, place, digit):
    answer = rows[place].looked_up((*own.digits, digit))
    reading = read(answer, rows, own, first=5, challenge=Challenge(5 + place, digit))
    assert reading == Reading(ReadingResult.OK, 5 + place, challenge=True)


@given(cards, own_numbers, places, digits, digits)
def test_another_digit_answers_nothing_and_reads_as_without_a_question(rows, own, place, digit, other):
    assume(digit != other)
    answer = rows[place].looked_up((*own.digits, other))
    reading = read(answer, rows, own, challenge=Challenge(place, digit))
    assert reading == read(answer, rows, own)
    assert not reading.challenge


@given(cards, own_numbers, places, digits, st.data())
def test_another_number_answers_under_duress_or_slips(rows, own, place, digit, data):
    other = data.draw(own_numbers.filter(lambda drawn: len(drawn.digits) == len(own.digits) and drawn != own))
    answer = rows[place].looked_up((*other.digits, digit))
    reading = read(answer, rows, own, challenge=Challenge(place, digit))
    assert reading.result in (ReadingResult.DURESS, ReadingResult.SLIP)
    if own.nearly(other.digits):
        assert reading == Reading(ReadingResult.SLIP, place, challenge=True)


def test_the_row_that_was_asked_for_goes_before_a_nearer_one_that_fits_too():
    near = codebook.row(bytes(32))
    far = replace(near, cells=near.cells[4:] + near.cells[:4])
    answer = far.looked_up((*OWN.digits, 0))
    assert near.read_back(answer) is not None
    assert read(answer, [near, far], OWN).result is ReadingResult.SLIP
    assert read(answer, [near, far], OWN, challenge=Challenge(1, 0)) == Reading(ReadingResult.OK, 1, challenge=True)


def test_a_guard_may_be_asked_for_and_is_right_as_an_answer_alone():
    (row,) = codebook.rows_ahead(bytes(32), 1)
    for guard in meanings.GUARDS:
        answer = row.looked_up((*OWN.digits, meanings.digit(guard)))
        assert read(answer, [row], OWN, challenge=Challenge(0, meanings.digit(guard))).result is ReadingResult.OK
        assert read(answer, [row], OWN, challenge=Challenge(1, meanings.digit(guard))).result is ReadingResult.SLIP


def test_an_answer_has_no_suffix():
    (row,) = codebook.rows_ahead(bytes(32), 1)
    text = encode.text(row, own_number=OWN, meaning=Meaning.RECEIVED, suffix=(5, 0))
    asked = Challenge(0, meanings.digit(Meaning.RECEIVED))
    assert read(text, [row], OWN, challenge=asked) == Reading(ReadingResult.OK, 0, Meaning.RECEIVED, (5, 0))


@pytest.mark.parametrize(("left", "rows"), [(12, (8, 9)), (3, (8, 9)), (2, (8,)), (1, (7,))])
def test_each_row_under_the_top_one_and_each_guard_is_asked_for_equally_often(left, rows):
    """The desk proves itself by row 7, the top one, which is then torn off; of the last row alone that row is asked for."""
    drawn = Counter(challenge.draw(lambda _, octet=octet: bytes([octet]), 7, left=left) for octet in range(252))
    assert set(drawn) == {Challenge(row, digit) for row in rows for digit in (2, 5, 9)}
    assert set(drawn.values()) == {252 // 3 // len(rows)}


def test_of_a_paper_that_is_used_up_nothing_is_asked():
    with pytest.raises(ValueError, match="no row"):
        challenge.draw(lambda _: bytes(1), 12, left=0)


@pytest.mark.parametrize("thrown", [252, 255])
def test_a_byte_that_would_favour_some_questions_is_thrown_away(thrown):
    octets = iter([thrown, 13])
    assert challenge.draw(lambda _: bytes([next(octets)]), 0, left=12) == Challenge(1, 5)


@given(cards, own_numbers, places, st.sampled_from(challenge.ASKED), sent)
def test_a_message_that_comes_meanwhile_is_read_and_an_answer_that_comes_too_late_is_not(
    rows, own, place, digit, meaning
):
    message = encode.text(rows[0], own_number=own, meaning=meaning)
    assume(not any(row.read_back(message) for row in rows[1:]))
    assert read(message, rows, own, challenge=Challenge(place, digit)) == Reading(ReadingResult.OK, 0, meaning)
    answer = rows[place].looked_up((*own.digits, digit))
    assume(not any(row.read_back(answer) for row in rows[:place]))
    assert read(answer, rows, own) == Reading(ReadingResult.SLIP, place, meanings.BY_DIGIT[digit])
