"""Chores: what only a cell's key can put right is put right as somebody who holds it sits down."""

import pytest

from ojakgyo.apps.vault import chores
from ojakgyo.apps.vault.chores import chore, do_chores
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.models import Cell, Grant
from ojakgyo.domain.errors import Damaged


@pytest.fixture
def declared(monkeypatch):
    """What a room above has declared: every cell and epoch it was done for."""
    monkeypatch.setattr(chores, "_known", [])
    seen = []

    @chore
    def look(desk, cell):
        seen.append((cell, desk.keyring.cell_key(cell).epoch))

    return seen


def test_a_chore_is_done_for_every_cell_that_opens_and_for_no_other(team, declared):
    do_chores(officer_desk(team.haneul))
    assert declared == [(team.n2, 1)]
    do_chores(officer_desk(team.dasom))
    assert declared == [(team.n2, 1), (team.n3, 1)]


def test_a_cell_that_owes_a_new_epoch_gets_it_first_and_the_chore_meets_the_new_key(team, declared, facts):
    Cell.objects.filter(id=team.n2).update(must_rotate=True)
    facts()
    do_chores(officer_desk(team.boram))
    assert declared == [(team.n2, 2)]
    assert facts() == ["vault.epoch_begun", "vault.key_granted", "vault.key_granted"]
    do_chores(officer_desk(team.haneul))
    assert facts() == []


def test_what_fails_keeps_nobody_out_and_does_not_stop_the_next(team, declared, caplog):
    @chore
    def fails(desk, cell):
        raise Damaged("vault.damaged", cell=cell)

    chores._known.reverse()
    do_chores(officer_desk(team.haneul))
    assert declared == [(team.n2, 1)]
    assert caplog.messages == ["chore fails left undone: vault.damaged"]


def test_a_cell_whose_grant_does_not_hold_is_passed_over(team, declared):
    Grant.objects.filter(officer=team.haneul.officer).update(signature=bytes(64))
    do_chores(officer_desk(team.haneul))
    assert declared == []
