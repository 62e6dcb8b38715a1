"""Ids: one space for every node, one way to write each, and nothing else is read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.values import ids

numbers = st.integers(0, (1 << 63) - 1)
letters = st.sampled_from(sorted(ids.LETTERS))


@given(letters, numbers)
def test_what_is_written_is_read_back(letter, number):
    written = ids.text(letter, number)
    assert len(written) == 15
    assert ids.parse(written) == (letter, number)
    assert ids.parse_kind(letter, written) == number


@given(numbers, numbers)
def test_written_ids_are_sorted_as_their_numbers(one, other):
    assert (ids.text("p", one) < ids.text("p", other)) == (one < other)


@given(st.text(max_size=20))
def test_nothing_is_read_that_would_not_be_written(written):
    try:
        letter, number = ids.parse(written)
    except ValueError:
        return
    assert ids.text(letter, number) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "p",
        "p_",
        "p_000000000000",
        "p_00000000000005",
        "p_8000000000000",  # 64 bits
        "p_000000000000A",
        "p_000000000000l",  # no Crockford digit
        "p_000000000000u",
        "x_0000000000005",
        "pp_0000000000005",
        "p-0000000000005",
        " p_0000000000005",
        "p_0000000000005\n",
        "p_００００００００００００５",
    ],
)
def test_anything_else_is_no_id(written):
    with pytest.raises(ValueError):
        ids.parse(written)


def test_an_id_of_another_kind_is_no_id_of_this_one():
    with pytest.raises(ValueError):
        ids.parse_kind("o", ids.text("p", 5))


@pytest.mark.parametrize(("letter", "number"), [("x", 1), ("", 1), ("p", -1), ("p", 1 << 63)])
def test_what_is_no_id_is_not_written(letter, number):
    with pytest.raises(ValueError):
        ids.text(letter, number)


def test_a_drawn_id_takes_63_bits_and_is_never_0():
    octets = iter([bytes(8), b"\x00" * 7 + b"\x01", b"\xff" * 8])
    assert ids.draw(lambda count: next(octets)) == (1 << 63) - 1


def test_the_letters_are_fixed_for_ever():
    assert "".join(ids.LETTERS) == "poclgakewmtjyib"
    assert {ids.LETTER_OF[kind] for kind in ids.LETTER_OF} <= set(ids.LETTERS)
    assert len(set(ids.LETTER_OF.values())) == len(ids.LETTER_OF)
