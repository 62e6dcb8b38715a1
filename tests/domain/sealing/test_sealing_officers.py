"""An officer's keys at rest and while signed in."""

import os
from dataclasses import replace

import pytest

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import (
    Half,
    Lock,
    OfficerKeys,
    check_vouched,
    open_bundle,
    open_half,
    seal_bundle,
    seal_half,
    vouch,
)
from ojakgyo.domain.sealing.stretching import FLOOR, SIGN_IN

VAULT = "0123456789abcdef"
HANEUL, BORAM = OfficerKeys.drawn(1, os.urandom), OfficerKeys.drawn(2, os.urandom)
LOCK = Lock(VAULT, HANEUL.officer, HANEUL.public, SIGN_IN, bytes(16))
NONCE = bytes(12)


def half(token: bytes = b"t" * 32, table: Table = Table.SESSION) -> Half:
    return Half(VAULT, table, token)


def test_the_password_opens_the_bundle():
    assert open_bundle(LOCK, b"s" * 32, seal_bundle(HANEUL, LOCK, b"s" * 32, nonce=NONCE)) == HANEUL


def test_another_password_opens_nothing():
    bundle = seal_bundle(HANEUL, LOCK, b"s" * 32, nonce=NONCE)
    with pytest.raises(NotHeld):
        open_bundle(LOCK, b"r" * 32, bundle)


@pytest.mark.parametrize(
    "changed",
    [
        replace(LOCK, public=BORAM.public),
        replace(LOCK, cost=FLOOR),
        replace(LOCK, salt=b"s" * 16),
    ],
)
def test_a_swapped_public_key_or_a_cheaper_derivation_is_seen(changed):
    bundle = seal_bundle(HANEUL, LOCK, b"s" * 32, nonce=NONCE)
    with pytest.raises(Damaged):
        open_bundle(changed, b"s" * 32, bundle)


def test_a_bundle_moved_to_another_officer_does_not_open():
    bundle = seal_bundle(HANEUL, LOCK, b"s" * 32, nonce=NONCE)
    with pytest.raises(NotHeld):
        open_bundle(replace(LOCK, officer=BORAM.officer), b"s" * 32, bundle)


def test_both_halves_of_a_session_open_the_keys():
    blob = seal_half(HANEUL, half(), nonce=NONCE)
    assert open_half(half(), blob, officer=HANEUL.officer, public=HANEUL.public) == HANEUL


@pytest.mark.parametrize("other", [half(b"u" * 32), half(table=Table.ENTRY)])
def test_the_server_half_opens_by_no_other_token(other):
    blob = seal_half(HANEUL, half(), nonce=NONCE)
    with pytest.raises(NotHeld):
        open_half(other, blob, officer=HANEUL.officer, public=HANEUL.public)


@pytest.mark.parametrize("public", [HANEUL.public, BORAM.public])
def test_a_half_laid_under_another_officer_does_not_open(public):
    blob = seal_half(HANEUL, half(), nonce=NONCE)
    with pytest.raises(Damaged):
        open_half(half(), blob, officer=BORAM.officer, public=public)


def test_what_the_server_keeps_does_not_hold_the_token_or_the_keys():
    blob = seal_half(HANEUL, half(), nonce=NONCE)
    kept = half().id + blob
    assert half().token not in kept
    assert HANEUL.exchange not in kept
    assert HANEUL.signing not in kept


def test_keys_and_halves_show_nothing():
    assert (repr(HANEUL), repr(half())) == ("<OfficerKeys>", "<Half>")


def test_public_keys_that_the_enroller_vouched_for_hold():
    signature = vouch(HANEUL, VAULT, BORAM.officer, BORAM.public)
    check_vouched(HANEUL.public, VAULT, BORAM.officer, BORAM.public, signature)


@pytest.mark.parametrize(
    ("by", "vault", "officer", "public"),
    [
        (BORAM.public, VAULT, BORAM.officer, BORAM.public),
        (HANEUL.public, "other", BORAM.officer, BORAM.public),
        (HANEUL.public, VAULT, 3, BORAM.public),
        (HANEUL.public, VAULT, BORAM.officer, HANEUL.public),
    ],
)
def test_public_keys_that_nobody_vouched_for_are_seen(by, vault, officer, public):
    signature = vouch(HANEUL, VAULT, BORAM.officer, BORAM.public)
    with pytest.raises(Damaged):
        check_vouched(by, vault, officer, public, signature)
