"""A new ring closes what the old one opened, and a new ROOT closes the ways in of whoever has left."""

import pytest
from test_sealing_vault_file import OPENER, SECRET, VAULT, WORDS, Lot, stretched  # noqa: F401

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import organisation, primitives, rotation, vault_file
from ojakgyo.domain.sealing.ring import KEYS
from ojakgyo.domain.sealing.stretching import FLOOR

NEW = "acrobat academic acid acne acquire acne"


@pytest.fixture
def lot():
    return Lot()


@pytest.fixture
def made(lot):
    shares = primitives.exchange_public(organisation.slot_private(SECRET, VAULT))
    file, ring = vault_file.found(WORDS, vault=VAULT, demo=True, cost=FLOOR, randomness=lot, shares=shares)
    others = [vault_file.opener_slot(file, ring, OPENER, words, lot) for words in ("stays", "leaves")]
    return vault_file.renewed(file, ring, (*file.slots, *others), lot), ring


def test_a_new_ring_under_the_same_root_keeps_every_way_in(made, lot):
    file, ring = made
    after, fresh = rotation.of_ring(file, ring, lot)
    for words in (WORDS, "stays", "leaves"):
        assert vault_file.open_by_words(after, words).ring == fresh
    assert vault_file.open_by_secret(after, SECRET).ring == fresh
    assert all(getattr(fresh, name) != getattr(ring, name) for name in KEYS)
    assert fresh.before == {name: (getattr(ring, name),) for name in KEYS}
    assert after.generation == file.generation + 1


def test_a_new_root_is_opened_by_the_new_words_the_one_opener_and_the_shares_and_by_nobody_else(made, lot):
    file, ring = made
    after, fresh, slot = rotation.of_root(file, ring, NEW, lot, opener=(OPENER, "stays"))
    assert vault_file.open_by_words(after, NEW).ring == fresh
    assert vault_file.open_by_words(after, "stays").slot == slot
    assert vault_file.open_by_secret(after, SECRET).ring == fresh
    for words in (WORDS, "leaves"):
        with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
            vault_file.open_by_words(after, words)


def test_what_the_old_root_opened_it_does_not_open_afterwards(made, lot):
    """Whoever kept vault.json and the words has the old ring, and no key of the new one."""
    file, ring = made
    old = vault_file.open_by_words(file, "leaves").ring
    after, fresh, _ = rotation.of_root(file, ring, NEW, lot)
    assert fresh.root != old.root
    known = {getattr(old, name) for name in (*KEYS, "root")}
    assert not known & {getattr(fresh, name) for name in (*KEYS, "root")}
    assert not any(key in vault_file.written(after) for key in known)


def test_without_an_opener_only_words_and_shares_are_left(made, lot):
    after, _, slot = rotation.of_root(*made, NEW, lot)
    assert slot is None
    assert [each.kind for each in after.slots] == [SlotKind.PASSPHRASE, SlotKind.SHARES]


def test_keys_of_two_rotations_are_remembered_newest_first_until_nothing_lies_under_them(made, lot):
    file, ring = made
    once, second = rotation.of_ring(file, ring, lot)
    _, third = rotation.of_ring(once, second, lot)
    assert third.before["lines"] == (second.lines, ring.lines)
    assert len(third.line_indexes("phone", "+8210")) == 3
    left = rotation.settled(third, "db", "sys", "cards", "transit", "audit")
    assert set(left.before) == {"lines"}
    assert (left.db, left.root) == (third.db, third.root)
