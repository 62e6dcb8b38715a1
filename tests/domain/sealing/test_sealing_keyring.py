"""Cells open for their members, by grants that somebody signed, and for nobody else."""

import os
from dataclasses import replace

import pytest

from ojakgyo.domain import desk as desks
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.grants import CellKey
from ojakgyo.domain.sealing.keyring import SEALED, HeldGrant, Keyring
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.ring import KEYS, Ring
from ojakgyo.domain.values import actors

VAULT = "0123456789abcdef"
HANEUL, BORAM, DASOM = (OfficerKeys.drawn(number, os.urandom) for number in (1, 2, 3))
N2, N3 = CellKey(12, 1, os.urandom(32)), CellKey(13, 1, os.urandom(32))
RING = Ring(**{name: os.urandom(32) for name in KEYS})


def given_to(officer: OfficerKeys, cell: CellKey = N2, by: OfficerKeys = HANEUL) -> grants.Grant:
    return grants.give(cell, VAULT, to=officer.officer, public=officer.public, by=by)


def keyring(officer: OfficerKeys, grant: grants.Grant, giver: OfficerKeys = HANEUL) -> Keyring:
    return Keyring(RING, officer, {N2.cell: HeldGrant(grant, giver.public)})


def test_a_member_opens_the_cell():
    ring = keyring(BORAM, given_to(BORAM))
    assert ring.holds(N2.cell)
    assert ring.cell_key(N2.cell) == N2
    assert ring.cell_key(N2.cell) is ring.cell_key(N2.cell)


def test_a_cell_without_a_grant_is_not_held():
    ring = keyring(BORAM, given_to(BORAM))
    assert not ring.holds(N3.cell)
    with pytest.raises(NotHeld):
        ring.cell_key(N3.cell)


def test_a_grant_copied_to_another_officer_opens_nothing():
    grant = given_to(BORAM)
    for copied in (grant, replace(grant, officer=DASOM.officer)):
        ring = keyring(DASOM, copied)
        assert not ring.holds(N2.cell)
        with pytest.raises((NotHeld, Damaged)):
            ring.cell_key(N2.cell)


def test_a_grant_that_the_giver_did_not_sign_opens_nothing():
    forged = replace(given_to(BORAM, by=DASOM), granted_by=HANEUL.officer)
    with pytest.raises(Damaged):
        keyring(BORAM, forged).cell_key(N2.cell)


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": 2},
        {"cell": N3.cell},
        {"vault": "other"},
        {"granted_by": 2},
        {"signature": bytes(64)},
        {"signature": b""},
        {"wrapped": b""},
    ],
)
def test_a_grant_with_anything_changed_opens_nothing(change):
    with pytest.raises(Damaged):
        keyring(BORAM, replace(given_to(BORAM), **change)).cell_key(N2.cell)


def test_every_bit_of_a_wrapped_seed_that_flips_is_refused():
    grant = given_to(BORAM)
    for bit in range(0, 8 * len(grant.wrapped), 5):
        changed = bytearray(grant.wrapped)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Damaged):
            grants.take(replace(grant, wrapped=bytes(changed)), keys=BORAM, giver=HANEUL.public)


def test_a_wrap_made_anew_for_a_swapped_public_key_needs_the_givers_hand():
    """Somebody with the whole database wraps a seed of their own; only the giver's key could sign it."""
    own = grants.give(replace(N2, seed=bytes(32)), VAULT, to=BORAM.officer, public=BORAM.public, by=DASOM)
    with pytest.raises(Damaged):
        keyring(BORAM, own, giver=HANEUL).cell_key(N2.cell)


def test_the_keys_of_a_cell_differ_by_purpose_cell_and_epoch():
    later = replace(N2, epoch=2)
    elsewhere = replace(N2, cell=N3.cell)
    keys = {each.wrap().raw for each in (N2, later, elsewhere)}
    assert len(keys | {each.inbox_public() for each in (N2, later, elsewhere)}) == 6


def test_a_sealed_house_holds_nothing():
    with pytest.raises(NotHeld, match=r"vault\.sealed"):
        _ = SEALED.ring
    with pytest.raises(NotHeld):
        SEALED.cell_key(N2.cell)


def test_the_house_opens_its_ring_and_no_cell():
    desk = desks.house(0, RING)
    assert desk.keyring.ring is RING
    assert not desk.keyring.holds(N2.cell)
    with pytest.raises(Refused, match=r"vault\.no_session"):
        _ = desk.officer


def test_an_officers_desk_knows_whose_it_is():
    assert Desk(actors.officer(2), 0, SEALED).officer == 2


def test_no_desk_shows_a_key():
    desk = Desk(actors.officer(2), 0, keyring(BORAM, given_to(BORAM)))
    desk.keyring.cell_key(N2.cell)
    assert "<Keyring>" in repr(desk)
    assert repr(N2) == "<CellKey>"
