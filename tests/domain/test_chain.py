"""The chain's digests: each holds all of its fact and the one before it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.sealing import chain

FACT = (1, "vault.unsealed", 1, "house:0", 1_000_000, b"i" * 32, chain.START)
OTHERS = (2, "vault.sealed", 2, "house:1", 1_000_001, b"j" * 32, b"k" * 32)


def test_the_chain_starts_from_32_zero_bytes():
    assert bytes(32) == chain.START


def test_a_link_is_what_the_design_says():
    framed = b"ojakgyo/1\0"
    for letter, told in (
        (b"s", b"chain/1"),
        (b"i", (1).to_bytes(8, "big")),
        (b"s", b"vault.unsealed"),
        (b"i", (1).to_bytes(8, "big")),
        (b"s", b"house:0"),
        (b"i", (1_000_000).to_bytes(8, "big")),
        (b"b", b"i" * 32),
        (b"b", bytes(32)),
    ):
        framed += (len(told) + 1).to_bytes(4, "big") + letter + told
    assert chain.link(*FACT) == hashlib.sha256(framed).digest()


@pytest.mark.parametrize("place", range(len(FACT)))
def test_no_part_of_a_fact_can_change_without_its_link(place):
    changed = (*FACT[:place], OTHERS[place], *FACT[place + 1 :])
    assert chain.link(*changed) != chain.link(*FACT)


@given(st.binary(min_size=16, max_size=16), st.binary())
def test_the_inner_digest_is_of_salt_and_body(salt, body):
    assert chain.inner(salt, body) == hashlib.sha256(salt + body).digest()


@given(st.binary(), st.binary(min_size=16, max_size=16))
def test_a_body_shows_nothing_without_its_salt(body, salt):
    assert chain.inner(salt, body) != chain.inner(bytes(b ^ 1 for b in salt), body)


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_a_salt_has_16_bytes(length):
    """Else a byte could move from the salt into the body."""
    with pytest.raises(ValueError):
        chain.inner(bytes(length), b"{}")
