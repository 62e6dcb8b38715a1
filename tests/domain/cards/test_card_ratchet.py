import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.sealing import primitives, ratchet

keys = st.binary(min_size=32, max_size=32)


def test_the_hash_agrees_with_rfc_4231_case_2():
    said = primitives.mac(b"Jefe", b"what do ya want for nothing?")
    assert said.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_the_derivation_agrees_with_rfc_5869_case_1():
    middle = primitives.extract(bytes(range(13)), b"\x0b" * 22)
    assert middle.hex() == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"
    assert primitives.expand(middle, bytes(range(0xF0, 0xFA)), 42).hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_the_derivation_agrees_with_rfc_5869_case_3_where_there_is_no_salt():
    middle = primitives.extract(b"", b"\x0b" * 22)
    assert middle.hex() == "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"
    whole = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    assert primitives.expand(middle, b"", 42).hex() == primitives.derive(b"\x0b" * 22, b"", 42).hex() == whole


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_secret_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        ratchet.start(bytes(length))


@given(keys)
def test_state_next_state_and_columns_have_nothing_in_common(secret):
    state = ratchet.start(secret)
    drawn = [secret, state, ratchet.step(state), *(ratchet.column(state, label) for label in ("cells", "next", ""))]
    assert len(set(drawn)) == len(drawn)


@given(keys, st.integers(1, 256))
def test_small_numbers_stay_below_their_bound_and_repeat_for_the_same_key(key, bound):
    one, other = ratchet.stream(key), ratchet.stream(key)
    drawn = [one(bound) for _ in range(100)]
    assert all(0 <= number < bound for number in drawn)
    assert drawn == [other(bound) for _ in range(100)]


def test_no_small_number_is_drawn_more_often_than_another():
    below = ratchet.stream(bytes(32))
    drawn = [below(7) for _ in range(7_000)]
    assert all(abs(drawn.count(number) - 1_000) < 120 for number in range(7))  # four standard deviations


@pytest.mark.parametrize("bound", [-1, 0, 257])
def test_a_bound_that_one_byte_cannot_hold_is_refused(bound):
    with pytest.raises(ValueError, match="between"):
        ratchet.stream(bytes(32))(bound)
