"""The sealed blob: one key, one place, nothing changed."""

import copy
import json
import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import OVERHEAD, PAD, Key, Place, open_json, open_sealed, seal, seal_json
from ojakgyo.domain.sealing.names import Group, Table

KEY = Key(bytes(range(32)))
NONCE = bytes(range(12))
PLACE = Place("vault", Table.LINE, 7, Group.NUMBER)


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_at_its_place(plain):
    assert open_sealed(KEY, PLACE, seal(KEY, PLACE, plain, nonce=NONCE)) == plain


@given(st.binary(max_size=300))
def test_a_blob_tells_its_length_in_steps_of_64_bytes_only(plain):
    blob = seal(KEY, PLACE, plain, nonce=NONCE)
    assert len(blob) - OVERHEAD == (len(plain) // PAD + 1) * PAD


def test_every_single_bit_that_flips_is_refused():
    blob = seal(KEY, PLACE, b"up the river", nonce=NONCE)
    for bit in range(8 * len(blob)):
        changed = bytearray(blob)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Damaged, NotHeld)):
            open_sealed(KEY, PLACE, bytes(changed))


def test_every_cut_is_refused():
    blob = seal(KEY, PLACE, b"x" * 100, nonce=NONCE)
    for length in range(len(blob)):
        with pytest.raises(Damaged):
            open_sealed(KEY, PLACE, blob[:length])


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, vault="other"),
        replace(PLACE, table=Table.CARD),
        replace(PLACE, row=8),
        replace(PLACE, row="7"),
        replace(PLACE, group=Group.WORDS),
        replace(PLACE, schema=2),
        replace(PLACE, bound=(0,)),
    ],
)
def test_a_blob_moved_elsewhere_does_not_open(elsewhere):
    blob = seal(KEY, PLACE, b"up the river", nonce=NONCE)
    with pytest.raises(Damaged, match=r"vault\.damaged"):
        open_sealed(KEY, elsewhere, blob)


def test_a_blob_under_another_key_is_not_held_rather_than_damaged():
    blob = seal(Key(bytes(32)), PLACE, b"up the river", nonce=NONCE)
    with pytest.raises(NotHeld):
        open_sealed(KEY, PLACE, blob)


def test_the_layout_is_the_one_that_is_fixed_for_ever():
    blob = seal(KEY, PLACE, b"up the river", nonce=NONCE)
    assert blob[:2] == b"\x01\x01"
    assert blob[2:10] == KEY.kid
    assert blob[10:22] == NONCE
    assert PLACE.associated(blob[:10]) == canon("seal", blob[:10], "vault", "line", 7, "number", 1)


def test_fields_carry_their_schema_and_come_back_without_it():
    fields = {"e164": "+8210", "note": "노을"}
    blob = seal_json(KEY, PLACE, fields, nonce=NONCE)
    assert json.loads(open_sealed(KEY, PLACE, blob)) == {**fields, "_v": 1}
    assert open_json(KEY, PLACE, blob) == fields


def test_fields_of_another_schema_are_refused():
    blob = seal(KEY, PLACE, b'{"_v":9}', nonce=NONCE)
    with pytest.raises(Damaged):
        open_json(KEY, PLACE, blob)


def test_a_key_shows_its_id_only_and_cannot_be_copied_out():
    assert repr(KEY) == f"<Key {KEY.kid.hex()}>"
    for leaving in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            leaving(KEY)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_a_wrong_call(length):
    with pytest.raises(ValueError, match="32"):
        Key(bytes(length))


def test_a_nonce_of_another_length_is_a_wrong_call():
    with pytest.raises(ValueError, match="12"):
        seal(KEY, PLACE, b"", nonce=bytes(11))
