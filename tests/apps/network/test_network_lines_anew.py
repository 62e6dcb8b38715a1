"""Lines after a new epoch and a new ring: recognised all the time, and put right by whoever holds the cell."""

import secrets
from dataclasses import replace

import pytest
from factories.cast import HELPERS
from world import World, night, night_kept, told

from ojakgyo.apps.cards.resealing import reseal
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network import chores, queries
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.vault.actions.cells import begin_epoch
from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.facts import LineStateChanged, MachineLost, NumbersResealed
from ojakgyo.domain.sealing import rotation
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]
NUMBERS = {helper.name: helper.number for helper in HELPERS if helper.number}


@pytest.fixture
def turned(night: World) -> World:
    """The ring was drawn anew; the lines stand under the key before. The database stays where it is."""
    ring = keyholder.ring()
    after = Ring.drawn(ring.root, secrets.token_bytes, before=rotation.replaced(ring))
    keyholder.unseal(replace(after, db=ring.db))
    return night


def lines_of(cell: str, night: World) -> list[str]:
    return [helper.name for helper in HELPERS if helper.cell == cell and helper.number]


def test_after_a_new_ring_every_line_is_still_recognised(turned):
    for name, number in NUMBERS.items():
        assert queries.line_at(turned.desk("Dasom"), number) == turned.ids.lines[name]
    assert not queries.every_line_is_indexed(turned.desk("Dasom"))


def test_a_text_that_comes_before_anybody_has_signed_in_is_read(turned):
    reseal(turned.desk("Haneul"))
    turned.hears("Beodeul")
    assert queries.line_at(turned.desk("Haneul"), NUMBERS["Beodeul"]) == turned.ids.lines["Beodeul"]


def test_members_index_the_lines_of_their_cells_anew_and_at_the_end_the_old_key_is_of_no_use(turned):
    for cell in turned.desk("Dasom").keyring.held:
        chores.reseal_numbers(turned.desk("Dasom"), cell)
    assert not queries.every_line_is_indexed(turned.desk("Dasom")), "N-2 is not hers"
    chores.reseal_numbers(turned.desk("Haneul"), turned.ids.cells["N-2"])
    desk = turned.desk("Haneul")
    assert queries.every_line_is_indexed(desk)
    keyholder.unseal(rotation.settled(keyholder.ring(), "lines"))
    for name, number in NUMBERS.items():
        assert queries.line_at(desk, number) == turned.ids.lines[name]
        assert queries.number_of(turned.desk("Haneul"), turned.ids.lines[name]) == number


def test_done_again_it_writes_nothing(turned):
    desk, cell = turned.desk("Haneul"), turned.ids.cells["N-2"]
    chores.reseal_numbers(desk, cell)
    count = len(told(NumbersResealed))
    chores.reseal_numbers(desk, cell)
    assert len(told(NumbersResealed)) == count == 1


def test_a_new_epoch_closes_the_numbers_to_who_has_the_old_key_only(night):
    cell = night.ids.cells["N-2"]
    old = night.desk("Haneul").keyring.cell_key(cell)
    begin_epoch(night.desk("Haneul"), cell=cell)
    assert queries.number_of(night.desk("Haneul"), night.ids.lines["Beodeul"]) == NUMBERS["Beodeul"]
    chores.reseal_numbers(night.desk("Boram"), cell)
    row = Line.objects.get(pk=night.ids.lines["Beodeul"])
    assert row.epoch == 2
    assert row.number[2:10] != old.wrap().kid
    assert queries.number_of(night.desk("Haneul"), night.ids.lines["Beodeul"]) == NUMBERS["Beodeul"]
    with pytest.raises(NotHeld):
        queries.number_of(night.desk("Dasom"), night.ids.lines["Beodeul"])
    assert [(fact.epoch, fact.count) for fact in told(NumbersResealed)] == [(2, len(lines_of("N-2", night)))]


def test_a_line_that_changed_while_its_index_was_worked_out_is_left_alone(night):
    desk, cell = night.desk("Haneul"), night.ids.cells["N-2"]
    row = Line.objects.get(pk=night.ids.lines["Beodeul"])
    anew = chores.Anew(row.pk, b"another blob", b"never", b"x" * 16)
    assert chores.keep_numbers(desk, cell=cell, anew=(anew,)) == 0
    assert Line.objects.get(pk=row.pk).number == row.number


@action
def lose_the_machine(desk):
    return record(desk, MachineLost())


def test_a_lost_machine_burns_every_line_in_use(night):
    assert set(Line.objects.values_list("state", flat=True)) == {"active"}
    lose_the_machine(night.desk("Haneul"))
    night.settle()
    assert set(Line.objects.values_list("state", flat=True)) == {"burnt"}
    assert len(told(LineStateChanged)) == len(NUMBERS)
