import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import own_number
from ojakgyo.domain.cards.own_number import OwnNumber

numbers = st.tuples(st.permutations(range(10)), st.sampled_from(own_number.COUNTS)).map(
    lambda drawn: OwnNumber(tuple(drawn[0][: drawn[1]]))
)
pairs = numbers.filter(lambda own: len(own.digits) == 2)


def bytes_in_turn(octets):
    left = itertools.cycle(octets)
    return lambda count: bytes(next(left) for _ in range(count))


def test_each_of_72_numbers_without_nought_is_drawn_equally_often():
    drawn = Counter(own_number.draw(bytes_in_turn([octet])).written() for octet in range(216))
    assert len(drawn) == 72
    assert set(drawn.values()) == {3}
    assert not any("0" in written for written in drawn)


def test_each_of_504_numbers_of_three_digits_is_drawn_equally_often():
    octets = [divmod(value, 256) for value in range(1008)]
    drawn = Counter(own_number.draw(bytes_in_turn(pair), 3).written() for pair in octets)
    assert len(drawn) == 504
    assert set(drawn.values()) == {2}
    assert {len(set(written)) for written in drawn} == {3}
    assert not any("0" in written for written in drawn)


def test_a_byte_that_would_favour_some_numbers_is_thrown_away():
    assert own_number.draw(bytes_in_turn([255, 216, 4])) == own_number.draw(bytes_in_turn([4]))
    assert own_number.draw(bytes_in_turn([255, 240, 0, 4]), 3) == own_number.draw(bytes_in_turn([0, 4]), 3)
    assert own_number.draw(bytes_in_turn([255, 239]), 3).written() == "987"


@given(pairs, st.integers(0, 179))
def test_a_false_number_is_never_near_the_own_one(own, begin):
    false = own_number.draw_false(own, bytes_in_turn([*range(begin, 216), *range(begin)]))
    assert false != own
    assert not own.nearly(false.digits)


def test_a_false_number_has_as_many_digits_as_the_own_one():
    own = OwnNumber((0, 1, 2))
    false = own_number.draw_false(own, bytes_in_turn([0, 0, 0, 1, 0, 8, 1, 200]))
    assert len(false.digits) == 3
    assert not own.nearly(false.digits)


def test_near_is_turned_round_or_one_digit_missed_by_one_column():
    own = OwnNumber((3, 7))
    near = {said for said in itertools.product(range(10), repeat=2) if own.nearly(said)}
    assert near == {(7, 3), (2, 7), (4, 7), (3, 6), (3, 8)}


def test_of_three_digits_near_is_two_neighbours_exchanged_or_one_digit_missed_by_one_column():
    own = OwnNumber((3, 7, 0))
    near = {said for said in itertools.product(range(10), repeat=3) if own.nearly(said)}
    assert near == {(7, 3, 0), (3, 0, 7), (2, 7, 0), (4, 7, 0), (3, 6, 0), (3, 8, 0), (3, 7, 1)}


def test_nine_and_nought_are_not_neighbours():
    assert not OwnNumber((9, 5)).nearly((0, 5))


@given(numbers)
def test_a_number_survives_being_written_and_shows_nothing_when_it_is_printed(own):
    assert own_number.parse(own.written()) == own
    assert repr(own) == f"{own}" == "OwnNumber()"


@pytest.mark.parametrize("written", ["", "3", "33", "3712", "3x", "-1", "３７", "٣٧"])
def test_what_is_no_own_number_is_refused(written):
    with pytest.raises(ValueError, match="two or three different digits"):
        own_number.parse(written)


@pytest.mark.parametrize("digits", [(3, 3), (-1, 3), (3, 10), (3,), (1, 2, 1), (1, 2, 3, 4), ()])
def test_like_digits_or_too_few_or_too_many_are_refused(digits):
    with pytest.raises(ValueError, match="two or three different digits"):
        OwnNumber(digits)


def test_only_two_or_three_digits_are_drawn():
    with pytest.raises(ValueError, match="two or three different digits"):
        own_number.draw(bytes_in_turn([0]), 4)
