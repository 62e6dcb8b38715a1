"""One encoding for whatever is authenticated: different parts never look alike, and the bytes are fixed for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.sealing.canon import canon

part = st.one_of(st.text(), st.binary(), st.integers(-(1 << 63), (1 << 63) - 1), st.none())
parts = st.tuples(st.text(), st.lists(part, max_size=4).map(tuple))


def kinds(told):
    domain, rest = told
    return domain, tuple((type(each), each) for each in rest)


@given(parts, parts)
def test_different_parts_never_look_alike(one, other):
    same = canon(one[0], *one[1]) == canon(other[0], *other[1])
    assert same == (kinds(one) == kinds(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", "b"), ("ab",)),
        (("a", 1), ("a", "1")),
        (("a", "1"), ("a", b"1")),
        (("a", None), ("a", "")),
        (("a", None), ("a",)),
        (("a", 0), ("a", b"\0" * 8)),
    ],
)
def test_neighbours_that_are_easily_confused_are_not(one, other):
    assert canon(*one) != canon(*other)


def test_the_bytes_are_fixed_for_ever():
    assert canon("chain/1", 5, b"\x01", None, "버").hex() == (
        "6f6a616b67796f2f3100"
        "00000008" "73" "636861696e2f31"
        "00000009" "69" "0000000000000005"
        "00000002" "62" "01"
        "00000001" "6e"
        "00000004" "73" "ebb284"
    )  # fmt: skip


def test_a_negative_number_has_its_own_bytes():
    assert canon("a", -1).endswith(b"i" + b"\xff" * 8)


@pytest.mark.parametrize("wrong", [True, 1.0, ("a",), ["a"], {"a": 1}])
def test_anything_else_is_no_part(wrong):
    with pytest.raises(TypeError):
        canon("a", wrong)


@pytest.mark.parametrize("wide", [1 << 63, -(1 << 63) - 1])
def test_a_number_beyond_64_bits_is_refused(wide):
    with pytest.raises(OverflowError):
        canon("a", wide)


@pytest.mark.parametrize("same", [bytearray(b"ab"), memoryview(b"ab")])
def test_bytes_are_bytes_however_they_are_held(same):
    assert canon("a", same) == canon("a", b"ab")
