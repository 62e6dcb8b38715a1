"""The session PIN: token and PIN together bring the keys back, either alone nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import pins
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import Half, OfficerKeys
from ojakgyo.domain.values.ids import OfficerId

secrets = st.binary(min_size=32, max_size=32)
KEYS = OfficerKeys(OfficerId(5), b"x" * 32, b"s" * 32)
SALT, NONCE = b"salt" * 4, b"n" * 12


def half(token: bytes = b"t" * 32) -> Half:
    return Half("a" * 16, Table.SESSION, token)


def waiting(stretched: bytes = b"p" * 32, token: bytes = b"t" * 32) -> pins.Waiting:
    return pins.lay_by(KEYS, half(token), stretched, salt=SALT, nonce=NONCE)


def opened(laid: pins.Waiting, stretched: bytes = b"p" * 32, token: bytes = b"t" * 32) -> OfficerKeys:
    return pins.pick_up(laid, half(token), stretched, officer=KEYS.officer, public=KEYS.public)


@given(secrets, secrets)
def test_token_and_pin_together_bring_the_keys_back(token, stretched):
    assert opened(waiting(stretched, token), stretched, token) == KEYS


@given(secrets, secrets, secrets)
def test_either_alone_brings_nothing(token, stretched, other):
    laid = waiting(stretched, token)
    if other not in (token, stretched):
        for wrong in ((other, token), (stretched, other)):
            with pytest.raises(NotHeld):
                opened(laid, *wrong)


def test_what_waits_holds_no_private_half_in_the_open():
    laid = waiting()
    assert KEYS.exchange not in laid.blob
    assert KEYS.signing not in laid.blob
    assert repr(laid) == "<Waiting>"


def test_laid_under_another_officer_or_with_another_salt_it_is_damaged():
    laid = waiting()
    with pytest.raises(Damaged):
        pins.pick_up(laid, half(), b"p" * 32, officer=OfficerId(6), public=KEYS.public)
    with pytest.raises(Damaged):
        opened(pins.Waiting(b"tals" * 4, laid.blob))


def test_every_flipped_bit_is_refused():
    laid = waiting()
    for place in range(len(laid.blob) * 8):
        blob = bytearray(laid.blob)
        blob[place // 8] ^= 1 << place % 8
        with pytest.raises((Damaged, NotHeld)):
            opened(pins.Waiting(laid.salt, bytes(blob)))


@pytest.mark.parametrize(
    ("typed", "pin"),
    [("284617", "284617"), (" 284617\n", "284617"), ("２８４６１７", "284617"), ("0" * 5 + "7", "000007")],
)
def test_six_digits_and_more_are_a_pin(typed, pin):
    assert pins.read(typed) == pin


@pytest.mark.parametrize(
    "typed", ["", "28461", "28461a", "284 617", "2" * 6, "123456", "987654", "890123", "1" * 33, "٢٨٤٦١٧"]
)
def test_too_short_no_digits_or_a_plain_row_is_no_pin(typed):
    with pytest.raises(Refused, match=r"vault\.pin_form"):
        pins.read(typed)
