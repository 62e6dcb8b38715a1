"""Epochs of a cell: each with a seed of its own, the earlier ones behind the present one, and a grant for each hand."""

import itertools
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import grants, organisation
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.keyring import HeldGrant, Keyring
from ojakgyo.domain.sealing.officers import OfficerKeys

VAULT, CELL, NONCE = "0123456789abcdef", 12, bytes(12)
HANEUL, BORAM, DASOM = (OfficerKeys.drawn(number, os.urandom) for number in (1, 2, 3))


def epochs(count: int, cell: int = CELL) -> list[CellKey]:
    """The keys of a cell's first epochs, in order."""
    keys = [CellKey(cell, 1, os.urandom(32))]
    while len(keys) < count:
        keys.append(keys[-1].after(os.urandom(32)))
    return keys


def behind(keys: list[CellKey]) -> dict[int, bytes]:
    """What lies in the database of a cell's epochs: epoch -> the seed before it."""
    pairs = itertools.pairwise(keys)
    return {key.epoch: grants.keep_before(key, before, VAULT, nonce=os.urandom(12)) for before, key in pairs}


def keyring(key: CellKey, kept: dict[int, bytes], officer: OfficerKeys = BORAM) -> Keyring:
    grant = grants.give(key, VAULT, to=officer.officer, public=officer.public, by=HANEUL)
    return Keyring(None, officer, {key.cell: HeldGrant(grant, HANEUL.public, kept.get)})


@given(st.integers(1, 6), st.data())
def test_a_member_of_the_present_epoch_opens_every_earlier_one(count, data):
    keys = epochs(count)
    ring = keyring(keys[-1], behind(keys))
    for wanted in data.draw(st.lists(st.integers(1, count), max_size=8)):
        assert ring.cell_key(CELL, wanted) == keys[wanted - 1]
    assert ring.cell_key(CELL) == keys[-1]


@given(st.integers(1, 4), st.integers(1, 3))
def test_who_held_an_earlier_epoch_opens_no_later_one(held, later):
    keys = epochs(held + later)
    ring = keyring(keys[held - 1], behind(keys))
    for wanted in range(held + 1, held + later + 1):
        with pytest.raises(NotHeld):
            ring.cell_key(CELL, wanted)
    for blob in (behind(keys)[epoch] for epoch in range(held + 1, held + later + 1)):
        with pytest.raises((NotHeld, Damaged)):
            grants.open_before(keys[held - 1], VAULT, blob)


@pytest.mark.parametrize("epoch", [0, -1])
def test_there_is_no_epoch_before_the_first(epoch):
    with pytest.raises(NotHeld):
        keyring(epochs(1)[0], {}).cell_key(CELL, epoch)


def test_the_way_back_ends_where_a_link_is_missing_and_the_present_still_opens():
    keys = epochs(3)
    kept = behind(keys)
    del kept[2]
    ring = keyring(keys[2], kept)
    assert ring.cell_key(CELL, 2) == keys[1]
    with pytest.raises(NotHeld):
        ring.cell_key(CELL, 1)
    assert ring.holds(CELL)


@given(st.data())
def test_a_seed_before_that_was_changed_or_laid_elsewhere_opens_nothing(data):
    keys, other = epochs(3), epochs(2, cell=13)
    blob = behind(keys)[3]
    bit = data.draw(st.integers(0, 8 * len(blob) - 1))
    changed = bytearray(blob)
    changed[bit // 8] ^= 1 << bit % 8
    for wrong in (bytes(changed), behind(keys)[2], behind(other)[2], blob[:-1], b""):
        with pytest.raises((Damaged, NotHeld)):
            grants.open_before(keys[2], VAULT, wrong)
    with pytest.raises(Damaged):
        grants.open_before(keys[2], "another", blob)


def test_only_the_epoch_just_before_is_kept_under_an_epoch():
    keys = epochs(3)
    for before in (keys[0], keys[2], replace(keys[1], cell=13)):
        with pytest.raises(ValueError, match="just before"):
            grants.keep_before(keys[2], before, VAULT, nonce=NONCE)


def test_an_epoch_shares_neither_wrap_key_nor_inbox_with_the_one_before():
    first, second = epochs(2)
    assert first.wrap() != second.wrap()
    assert first.inbox_public() != second.inbox_public()


# What somebody had signed, under a colleague's hand -------------------------------------------------------------------


def test_a_grant_taken_over_opens_to_the_same_key_under_the_new_hand_alone():
    key = epochs(1)[0]
    given_first = grants.give(key, VAULT, to=BORAM.officer, public=BORAM.public, by=HANEUL)
    taken = grants.take_over(given_first, public=BORAM.public, giver=HANEUL.public, by=DASOM)
    assert (taken.wrapped, taken.granted_by) == (given_first.wrapped, DASOM.officer)
    assert grants.take(taken, keys=BORAM, giver=DASOM.public) == key
    with pytest.raises(Damaged):
        grants.take(taken, keys=BORAM, giver=HANEUL.public)


@pytest.mark.parametrize(
    "change",
    [{"epoch": 2}, {"cell": 13}, {"officer": 3}, {"wrapped": b"\x01\x02" + bytes(80)}, {"signature": bytes(64)}],
)
def test_nobody_puts_a_hand_under_a_grant_that_does_not_hold(change):
    key = epochs(1)[0]
    forged = replace(grants.give(key, VAULT, to=BORAM.officer, public=BORAM.public, by=HANEUL), **change)
    with pytest.raises(Damaged):
        grants.take_over(forged, public=BORAM.public, giver=HANEUL.public, by=DASOM)


def test_nobody_puts_a_hand_under_a_grant_for_a_swapped_public_key():
    key = epochs(1)[0]
    good = grants.give(key, VAULT, to=BORAM.officer, public=BORAM.public, by=HANEUL)
    with pytest.raises(Damaged):
        grants.take_over(good, public=DASOM.public, giver=HANEUL.public, by=DASOM)


def test_the_organisation_opens_what_was_given_to_it_and_an_officer_of_another_number_does_not():
    key, keys = epochs(1)[0], organisation.keys(os.urandom(32))
    grant = grants.give(key, VAULT, to=organisation.ORGANISATION, public=keys.public, by=HANEUL)
    assert grants.take(grant, keys=keys, giver=HANEUL.public) == key
    with pytest.raises(NotHeld):
        grants.take(grant, keys=BORAM, giver=HANEUL.public)
