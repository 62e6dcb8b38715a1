"""One-time codes: the vectors of RFC 6238, the window, and how a seed is written."""

import base64
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.sealing import totp
from ojakgyo.domain.values.instants import Instant

RFC_SEED = b"12345678901234567890"
RFC_6238 = (
    (59, "94287082"),
    (1_111_111_109, "07081804"),
    (1_111_111_111, "14050471"),
    (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"),
    (20_000_000_000, "65353130"),
)
"""RFC 6238, appendix B, the rows of SHA-1: seconds since 1970, eight digits."""

seeds = st.binary(min_size=totp.SEED, max_size=totp.SEED)
instants = st.integers(5 * totp.STEP_MS, 1 << 43).map(Instant)


@pytest.mark.parametrize(("seconds", "digits"), RFC_6238)
def test_the_codes_are_those_of_the_rfc(seconds, digits):
    step = totp.step_at(Instant(seconds * 1_000))
    assert totp.code(RFC_SEED, step, digits=8) == digits
    assert totp.code(RFC_SEED, step) == digits[2:]


@given(seeds, st.integers(0, 1 << 40))
def test_a_code_is_what_a_second_reading_of_the_rfc_gives(seed, step):
    digest = hmac.digest(seed, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    assert totp.code(seed, step) == f"{number % 1_000_000:06}"


@given(seeds, instants)
def test_a_code_is_taken_one_step_either_side_and_no_further(seed, now):
    here = totp.step_at(now)
    valid = {totp.code(seed, step) for step in range(here - 1, here + 2)}
    for step in range(here - 4, here + 5):
        typed = totp.code(seed, step)
        found = totp.matching(seed, typed, now)
        assert (found is not None) == (typed in valid)
        assert found is None or totp.code(seed, found) == typed


@given(seeds, instants, st.text(max_size=12))
def test_whatever_is_typed_it_is_a_step_or_nothing(seed, now, typed):
    found = totp.matching(seed, typed, now)
    assert found is None or abs(found - totp.step_at(now)) <= totp.WINDOW


def test_blanks_and_digits_of_full_width_do_not_count():
    now = Instant(59_000)
    for typed in ("287 082", " 287082\n", "２８７０８２"):
        assert totp.matching(RFC_SEED, typed, now) == 1
    for typed in ("", "28708", "2870820", "94287082", "é87082"):
        assert totp.matching(RFC_SEED, typed, now) is None


@given(seeds)
def test_a_written_seed_reads_back_however_it_is_typed(seed):
    text = totp.written(seed)
    assert [len(group) for group in text.split()] == [4] * 8
    assert totp.read(text) == totp.read(text.lower().replace(" ", "  ")) == seed


@pytest.mark.parametrize("typed", ["", "ABCD", "A" * 33, "1" * 32, "é" * 32])
def test_what_is_no_seed_is_a_wrong_call(typed):
    with pytest.raises(ValueError, match=r".+"):
        totp.read(typed)


@given(seeds)
def test_an_app_reads_the_seed_and_nothing_that_tells_whose_it_is(seed):
    parts = urlsplit(totp.address(seed, "desk-1a2b"))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/desk-1a2b")
    asked = parse_qs(parts.query)
    assert set(asked) == {"secret"}
    assert base64.b32decode(asked["secret"][0]) == seed
