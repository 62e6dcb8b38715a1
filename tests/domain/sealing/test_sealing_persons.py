"""A person's data key, its wraps in cells, and the one blob under it; the inbox of a cell."""

import json
import secrets
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import envelope, inboxes, organisation
from ojakgyo.domain.sealing.envelope import Place, open_json, seal_json
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.inboxes import Inbox
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.persons import DataKey, Rewrapping, name_place, unwrap, wrap
from ojakgyo.domain.values.ids import CellId, MessageId, PersonId

VAULT, ANOTHER = "0123456789abcdef", "fedcba9876543210"
SEED = bytes(range(32))
CELL = CellKey(CellId(77), 1, SEED)
PERSON, OTHER = PersonId(5), PersonId(6)
NONCE = bytes(12)
DATA = DataKey(PERSON, b"d" * 32)
MESSAGE = MessageId(9)
COMPACT = {"ensure_ascii": False, "separators": (",", ":")}

names = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def test_a_data_key_comes_back_from_its_wrap():
    assert unwrap(CELL, VAULT, PERSON, wrap(DATA, CELL, VAULT, nonce=NONCE)).raw == DATA.raw


def test_a_data_key_shows_nothing_of_itself():
    assert repr(DATA) == "<DataKey>"


@pytest.mark.parametrize(
    ("cell", "vault", "person", "refused"),
    [
        (CELL, VAULT, OTHER, Damaged),
        (CELL, ANOTHER, PERSON, Damaged),
        (CellKey(CellId(78), 1, SEED), VAULT, PERSON, NotHeld),
        (CellKey(CellId(77), 2, SEED), VAULT, PERSON, NotHeld),
        (CellKey(CellId(77), 1, bytes(32)), VAULT, PERSON, NotHeld),
    ],
    ids=["another person", "another vault", "another cell", "another epoch", "another seed"],
)
def test_a_wrap_moved_anywhere_else_does_not_open(cell, vault, person, refused):
    wrapped = wrap(DATA, CELL, VAULT, nonce=NONCE)
    with pytest.raises(refused):
        unwrap(cell, vault, person, wrapped)


def test_every_flipped_bit_of_a_wrap_is_refused():
    wrapped = wrap(DATA, CELL, VAULT, nonce=NONCE)
    for place, bit in product(range(len(wrapped)), range(8)):
        changed = bytearray(wrapped)
        changed[place] ^= 1 << bit
        with pytest.raises((Damaged, NotHeld)):
            unwrap(CELL, VAULT, PERSON, bytes(changed))


def test_a_name_moved_to_another_row_table_or_group_does_not_open():
    """T27."""
    here = name_place(VAULT, PERSON)
    blob = seal_json(DATA.key(), here, {"name": "a"}, nonce=NONCE)
    assert open_json(DATA.key(), here, blob) == {"name": "a"}
    for table, row, group, schema in (
        (Table.PERSON, OTHER, Group.IDENT, 1),
        (Table.LINE, PERSON, Group.IDENT, 1),
        (Table.PERSON, PERSON, Group.RECORD, 1),
        (Table.PERSON, PERSON, Group.IDENT, 2),
    ):
        with pytest.raises(Damaged):
            open_json(DATA.key(), Place(VAULT, table, row, group, schema), blob)


@given(st.lists(names, min_size=2, max_size=2))
def test_names_of_one_class_of_64_bytes_have_blobs_of_one_size(both):
    """T33: a length tells nothing but how many steps of 64 bytes it takes."""
    sizes = [len(seal_json(DATA.key(), name_place(VAULT, PERSON), {"name": name}, nonce=NONCE)) for name in both]
    steps = [-(-(len(json.dumps({"_v": 1, "name": name}, **COMPACT).encode()) + 1) // envelope.PAD) for name in both]
    assert (sizes[0] == sizes[1]) == (steps[0] == steps[1])
    assert {(size - envelope.OVERHEAD) % 64 for size in sizes} == {0}


def test_a_short_and_a_long_name_of_the_first_class_look_the_same():
    blobs = [
        seal_json(DATA.key(), name_place(VAULT, PERSON), {"name": name, "aliases": [], "note": ""}, nonce=NONCE)
        for name in ("가", "Kim", "name of twenty")
    ]
    assert {len(blob) for blob in blobs} == {envelope.OVERHEAD + 64}


def test_a_rewrapped_key_opens_in_the_later_epoch_and_is_the_same():
    after = CELL.after(b"n" * 32)
    wrapped = wrap(DATA, CELL, VAULT, nonce=NONCE)
    moved = Rewrapping(CELL, after, VAULT).of(PERSON, wrapped, nonce=b"x" * 12)
    assert unwrap(after, VAULT, PERSON, moved).raw == DATA.raw
    with pytest.raises(NotHeld):
        unwrap(CELL, VAULT, PERSON, moved)


def test_nothing_is_wrapped_into_another_cell_or_back():
    for after in (CellKey(CellId(78), 2, SEED), CELL):
        with pytest.raises(ValueError, match="later epoch"):
            Rewrapping(CELL, after, VAULT)


def dropped(inbox: Inbox, plain: bytes = b"words") -> bytes:
    return inboxes.drop(inbox, VAULT, MESSAGE, plain, key=secrets.token_bytes(32), nonce=NONCE)


def test_words_dropped_into_a_cell_open_for_who_holds_it():
    blob = dropped(Inbox(CELL.cell, CELL.epoch, CELL.inbox_public()))
    assert inboxes.take(CELL, VAULT, MESSAGE, blob) == b"words"


def test_words_of_nobodys_line_open_for_the_organisation():
    keys = organisation.keys(SEED)
    blob = dropped(Inbox.of_the_organisation(keys.public.exchange))
    assert inboxes.take_as_organisation(keys, VAULT, MESSAGE, blob) == b"words"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (CELL, MessageId(10)),
        (CellKey(CellId(78), 1, SEED), MESSAGE),
        (CELL.after(SEED), MESSAGE),
        (CellKey(CellId(77), 1, bytes(32)), MESSAGE),
    ],
    ids=["another message", "another cell", "another epoch", "another seed"],
)
def test_words_open_nowhere_else(cell, message):
    blob = dropped(Inbox(CELL.cell, CELL.epoch, CELL.inbox_public()))
    with pytest.raises(Damaged):
        inboxes.take(cell, VAULT, message, blob)


def test_changed_or_cut_words_are_refused():
    blob = dropped(Inbox(CELL.cell, CELL.epoch, CELL.inbox_public()))
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises((Damaged, NotHeld)):
            inboxes.take(CELL, VAULT, MESSAGE, bytes(changed))
        with pytest.raises((Damaged, NotHeld)):
            inboxes.take(CELL, VAULT, MESSAGE, blob[:place])
