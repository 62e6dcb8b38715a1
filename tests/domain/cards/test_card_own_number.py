import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import own_number
from ojakgyo.domain.cards.own_number import OwnNumber

pairs = st.permutations(range(10)).map(lambda order: OwnNumber(order[0], order[1]))


def bytes_in_turn(octets):
    left = itertools.cycle(octets)
    return lambda count: bytes(next(left) for _ in range(count))


def test_each_of_ninety_numbers_is_drawn_equally_often():
    drawn = [own_number.draw(bytes_in_turn([octet])).written() for octet in range(180)]
    assert len(set(drawn)) == 90
    assert all(drawn.count(written) == 2 for written in drawn)


def test_a_byte_that_would_favour_some_numbers_is_thrown_away():
    assert own_number.draw(bytes_in_turn([255, 180, 4])) == own_number.draw(bytes_in_turn([4]))


@given(pairs, st.integers(0, 179))
def test_a_false_number_is_never_near_the_own_one(own, begin):
    false = own_number.draw_false(own, bytes_in_turn([*range(begin, 180), *range(begin)]))
    assert false != own
    assert not own.nearly(false.digits)


def test_near_is_turned_round_or_one_digit_missed_by_one_column():
    own = OwnNumber(3, 7)
    near = {said for said in itertools.product(range(10), repeat=2) if own.nearly(said)}
    assert near == {(7, 3), (2, 7), (4, 7), (3, 6), (3, 8)}


def test_nine_and_nought_are_not_neighbours():
    assert not OwnNumber(9, 5).nearly((0, 5))


@given(pairs)
def test_a_number_survives_being_written_and_shows_nothing_when_it_is_printed(own):
    assert own_number.parse(own.written()) == own
    assert repr(own) == f"{own}" == "OwnNumber()"


@pytest.mark.parametrize("written", ["", "3", "33", "371", "3x", "-1", "３７", "٣٧"])
def test_what_is_no_own_number_is_refused(written):
    with pytest.raises(ValueError, match="two different digits"):
        own_number.parse(written)


@pytest.mark.parametrize("digits", [(3, 3), (-1, 3), (3, 10)])
def test_two_like_digits_or_none_are_refused(digits):
    with pytest.raises(ValueError, match="two different digits"):
        OwnNumber(*digits)
