import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.sealing import primitives, ratchet

VECTORS = Path(__file__).parents[2] / "vectors"

keys = st.binary(min_size=32, max_size=32)


def vectors(name):
    """The RFC's own; those of HKDF (RFC 5869) are read in tests/domain/sealing."""
    return json.loads((VECTORS / f"{name}.json").read_text())


@pytest.mark.parametrize("told", vectors("hmac")["vectors"])
def test_the_hash_that_rows_are_drawn_by_is_that_of_rfc_4231(told):
    said = primitives.mac(bytes.fromhex(told["key"]), bytes.fromhex(told["data"])).hex()
    assert said[: len(told["mac"])] == told["mac"]


def test_codes_that_are_counted_are_those_of_rfc_4226():
    key, codes = bytes.fromhex(vectors("hotp")["key"]), vectors("hotp")["codes"]
    assert [primitives.counted_code(key, count, digits=6) for count in range(10)] == codes


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
