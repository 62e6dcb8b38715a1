import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import codebook, encode, meanings, messages
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning, ReadingResult

READ_BY = {
    Meaning.DELAYED: messages.days,
    Meaning.RECEIVED: messages.amount,
    Meaning.HANDED_OVER: messages.pocket,
    Meaning.ARRIVED: messages.pocket,
}
ALL = (messages.amount, messages.days, messages.pocket)


@given(st.sampled_from(sorted(READ_BY)), st.none() | st.integers(0, 99))
def test_a_number_behind_a_meaning_comes_back(meaning, number):
    reading = Reading(ReadingResult.OK, 4, meaning, messages.suffix(meaning, number))
    assert READ_BY[meaning](reading) == number
    assert [read(reading) for read in ALL if read is not READ_BY[meaning]] == [None, None]


@pytest.mark.parametrize(
    ("meaning", "number", "digits"),
    [
        (Meaning.RECEIVED, 0, (0,)),
        (Meaning.RECEIVED, 50, (5, 0)),
        (Meaning.RECEIVED, 9999, (9, 9, 9, 9)),
        (Meaning.DELAYED, 0, (0, 0)),
        (Meaning.DELAYED, 7, (0, 7)),
        (Meaning.ARRIVED, 4, (0, 4)),
        (Meaning.HANDED_OVER, 40, (4, 0)),
        (Meaning.WELL, None, ()),
    ],
)
def test_an_amount_is_as_long_as_it_is_and_anything_else_has_two_digits(meaning, number, digits):
    assert messages.suffix(meaning, number) == digits


@pytest.mark.parametrize(
    ("meaning", "number"),
    [
        (Meaning.RECEIVED, 10_000),
        (Meaning.RECEIVED, -1),
        (Meaning.DELAYED, 100),
        (Meaning.ARRIVED, -1),
        (Meaning.WELL, 0),
        (Meaning.GUARD_5, 12),
    ],
)
def test_what_cannot_be_said_is_refused(meaning, number):
    with pytest.raises(ValueError, match="cannot say"):
        messages.suffix(meaning, number)


@pytest.mark.parametrize("suffix", [(0, 7), (7,), (0, 0, 0, 7)])
def test_noughts_before_an_amount_add_nothing(suffix):
    assert messages.amount(Reading(ReadingResult.OK, 0, Meaning.RECEIVED, suffix)) == 7


@pytest.mark.parametrize("result", [result for result in ReadingResult if result is not ReadingResult.OK])
def test_nothing_is_read_from_what_was_not_rightly_said(result):
    for meaning in READ_BY:
        assert [read(Reading(result, 0, meaning, (1, 2))) for read in ALL] == [None, None, None]


def test_every_meaning_stands_alone_too_and_guards_and_danger_take_nothing():
    assert set(messages.SUFFIX) == set(Meaning)
    assert all(0 in counts for counts in messages.SUFFIX.values())
    bare = {Meaning.WELL, Meaning.DANGER, Meaning.PICK_UP, *meanings.GUARDS}
    assert {meaning for meaning, counts in messages.SUFFIX.items() if counts == {0}} == bare


def test_a_suffix_its_meaning_does_not_take_is_not_written():
    with pytest.raises(ValueError, match="no suffix"):
        encode.text(codebook.row(bytes(32)), own_number=OwnNumber((3, 7)), meaning=Meaning.WELL, suffix=(1, 2))
