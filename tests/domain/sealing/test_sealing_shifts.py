"""The change of a shift: two hands under the same bytes, and one line for the two of them and nobody else."""

import os
from dataclasses import replace

import pytest

from ojakgyo.domain.errors import Damaged, NotHeld
from ojakgyo.domain.sealing import shifts
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.shifts import HandedOver, SealedLine, Shift

HANEUL, NARAE, DASOM = (OfficerKeys.drawn(number, os.urandom) for number in (1, 2, 3))
SHIFT = Shift("0123456789abcdef", 77, HANEUL.officer, NARAE.officer)
LINE = "버들 sounded tired; ask twice."


def sealed(shift: Shift = SHIFT) -> SealedLine:
    return shifts.seal_line(shift, LINE, by=HANEUL.public, to=NARAE.public, randomness=os.urandom)


TOLD = HandedOver(SHIFT, 83, 1_700_000_000_000, bytes(32), bytes([1]) * 32)


@pytest.mark.parametrize("keys", [HANEUL, NARAE])
def test_both_of_the_two_read_the_line(keys):
    assert shifts.open_line(SHIFT, sealed(), keys=keys) == LINE


def test_nobody_else_reads_it_not_under_another_name_either():
    with pytest.raises(NotHeld):
        shifts.open_line(SHIFT, sealed(), keys=DASOM)
    with pytest.raises(Damaged):
        shifts.open_line(SHIFT, sealed(), keys=OfficerKeys(NARAE.officer, DASOM.exchange, DASOM.signing))
    with pytest.raises(Damaged):
        shifts.open_line(replace(SHIFT, to=DASOM.officer), sealed(), keys=DASOM)


@pytest.mark.parametrize("moved", [{"id": 78}, {"vault": "another"}, {"by": DASOM.officer}])
def test_moved_to_another_shift_it_does_not_open(moved):
    with pytest.raises(Damaged):
        shifts.open_line(replace(SHIFT, **moved), sealed(), keys=NARAE)


@pytest.mark.parametrize("part", ["words", "for_by", "for_to"])
def test_another_line_in_its_place_has_another_digest_and_a_changed_one_does_not_open(part):
    one, other = sealed(), sealed()
    mixed = replace(one, **{part: getattr(other, part)})
    assert mixed.digest != one.digest
    keys = HANEUL if part == "for_by" else NARAE
    with pytest.raises((Damaged, NotHeld)):
        shifts.open_line(SHIFT, mixed, keys=keys)
    assert LINE.encode() not in one.words + one.for_by + one.for_to


def test_how_long_a_short_line_is_does_not_show():
    short = shifts.seal_line(SHIFT, "", by=HANEUL.public, to=NARAE.public, randomness=os.urandom)
    assert len(short.words) == len(sealed().words)
    assert shifts.open_line(SHIFT, short, keys=NARAE) == ""


def test_a_hand_holds_under_exactly_this():
    hand = shifts.sign(TOLD, HANEUL)
    assert shifts.holds(TOLD, hand, HANEUL.public)
    assert not shifts.holds(TOLD, hand, NARAE.public)
    edits = [{"upto": 84}, {"made": 0}, {"brief": bytes([2]) * 32}, {"line": bytes(32)}]
    edits += [{"shift": replace(SHIFT, **each)} for each in ({"vault": "b"}, {"id": 1}, {"by": 3}, {"to": 3})]
    for edit in edits:
        assert not shifts.holds(replace(TOLD, **edit), hand, HANEUL.public), edit
