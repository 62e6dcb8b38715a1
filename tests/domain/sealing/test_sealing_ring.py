"""The ring: six keys, each purpose its own derived key."""

import pytest

from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.ring import KEYS, Ring

RING = Ring(**{name: bytes([place]) * 32 for place, name in enumerate(KEYS, 1)})


def test_no_purpose_shares_a_key_with_another():
    keys = [RING.sys_key(), RING.state_key(), RING.number_key(), RING.words_key()]
    raw = [key.raw for key in keys]
    assert len({*raw, *(getattr(RING, name) for name in KEYS)}) == len(keys) + len(KEYS)


def test_derived_keys_are_the_same_at_every_opening():
    again = Ring(**{name: getattr(RING, name) for name in KEYS})
    assert again == RING
    assert again.state_key() == RING.state_key()


def test_a_ring_shows_nothing():
    assert repr(RING) == "<Ring>"


def test_the_index_of_a_line_is_scrypt_of_kind_and_address_salted_by_its_key():
    expected = primitives.hard_index(RING.lines, canon("line", "phone", "+821012345678"))
    assert RING.line_index("phone", "+821012345678") == expected
    assert len(expected) == 16


def test_an_index_once_made_is_remembered(monkeypatch):
    calls = []
    ring = Ring(**{name: getattr(RING, name) for name in KEYS})
    monkeypatch.setattr(primitives, "hard_index", lambda salt, value: calls.append(value) or b"i" * 16)
    for _ in range(3):
        ring.line_index("phone", "+821012345678")
    ring.line_index("phone", "+821012345679")
    assert len(calls) == 2


def test_what_is_remembered_holds_no_number():
    ring = Ring(**{name: getattr(RING, name) for name in KEYS})
    ring.line_index("phone", "+821012345678")
    assert all(b"+8210" not in each for each in ring._indexed)


def test_external_ids_differ_by_every_part():
    ids = {
        RING.external_id("name", 1, 2, b"x"),
        RING.external_id("name", 1, 2, b"y"),
        RING.external_id("name", 12, b"x"),
    }
    assert len(ids) == 3
    assert all(len(each) == 32 for each in ids)


def test_a_key_of_another_length_is_a_wrong_call():
    with pytest.raises(ValueError, match="32"):
        Ring(**{name: bytes(31) for name in KEYS})
