"""Whatever is granted, withdrawn, begun, renewed and removed, in whatever order: members open their cells, and nobody else."""

import os
from random import Random

import pytest

from ojakgyo.apps.vault import queries
from ojakgyo.apps.vault.actions import requests
from ojakgyo.apps.vault.actions.cells import begin_epoch, grant_key, withdraw_key
from ojakgyo.apps.vault.actions.officers import enrol_officer
from ojakgyo.apps.vault.actions.removal import ask_for_removal, remove_officer
from ojakgyo.apps.vault.actions.renewal import renew_keys
from ojakgyo.apps.vault.actions.sessions import open_bundle
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.vault.models import Cell, Organisation
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import grants, organisation
from ojakgyo.domain.values.roles import OfficerRole

STEPS = 40


class Walk:
    """What ought to be true, kept beside what is: who holds which cell, and the seed of every epoch."""

    def __init__(self, team, seed: int) -> None:
        self.dice = Random(seed)
        self.paper = organisation.keys(os.urandom(32))
        Organisation.objects.create(
            exchange_public=self.paper.public.exchange, signing_public=self.paper.public.signing
        )
        self.keys = {each.officer: each for each in (team.haneul, team.boram, team.dasom)}
        for number in range(6):
            id, keys = enrol_officer(
                self.desk(team.haneul.officer),
                code_name=CodeName(50 + number),
                password="invented",
                roles=[OfficerRole.SAFETY],
            )
            self.keys[id] = keys
        self.names = {id: queries.officer(self.desk(id), id=id).code_name for id in self.keys}
        self.cells = {team.n2: {team.haneul.officer, team.boram.officer}, team.n3: {team.dasom.officer}}
        self.seeds: dict[tuple[int, int], bytes] = {}
        self.gone: list[int] = []
        for id in self.keys:
            do_chores(self.desk(id))

    def desk(self, id: int):
        return officer_desk(self.keys[id])

    def any(self) -> int:
        return self.dice.choice(sorted(self.keys))

    def step(self) -> None:
        act = self.dice.choice(
            [self.grant] * 4 + [self.withdraw, self.begin, self.renew, self.remove, self.remove, self.sit]
        )
        try:
            act(self.dice.choice(sorted(self.cells)), self.any(), self.any())
        except (Refused, NotHeld):
            return

    def grant(self, cell: int, by: int, to: int) -> None:
        grant_key(self.desk(by), cell=cell, officer=to)
        self.cells[cell].add(to)

    def withdraw(self, cell: int, by: int, _: int) -> None:
        of = self.dice.choice(sorted(self.cells[cell]) or [by])
        withdraw_key(self.desk(by), cell=cell, officer=of)
        self.cells[cell].discard(of)

    def begin(self, cell: int, by: int, _: int) -> None:
        begin_epoch(self.desk(by), cell=cell)

    def sit(self, _: int, by: int, __: int) -> None:
        do_chores(self.desk(by))

    def renew(self, _: int, by: int, whose: int) -> None:
        password = f"invented {self.dice.random()}"
        renew_keys(self.desk(by), officer=whose, password=password)
        self.keys[whose] = open_bundle(code_name=self.names[whose], password=password)
        for members in self.cells.values():
            members.discard(whose)

    def remove(self, _: int, by: int, whom: int) -> None:
        asked = ask_for_removal(self.desk(by), officer=whom, chance_percent=1)
        second = self.dice.choice(sorted(self.keys.keys() - {by, whom}))
        requests.approve_request(self.desk(second), request=asked)
        remove_officer(self.desk(by), request=asked)
        self.gone.append(self.keys.pop(whom))
        for members in self.cells.values():
            members.discard(whom)

    def check(self) -> None:
        opened = [grants.take(grant, keys=self.paper, giver=giver) for grant, giver in queries.organisation_grants()]
        on_paper = {(key.cell, key.epoch): key.seed for key in opened}
        for cell, members in self.cells.items():
            latest = Cell.objects.get(id=cell).epoch
            for id in self.keys:
                assert self.desk(id).keyring.holds(cell) is (id in members)
            for id in members:
                keyring = self.desk(id).keyring
                seen = {(cell, epoch): keyring.cell_key(cell, epoch).seed for epoch in range(1, latest + 1)}
                assert all(self.seeds.setdefault(at, seed) == seed for at, seed in seen.items())
            assert {at: on_paper[at] for at in ((cell, epoch) for epoch in range(1, latest + 1))}.items() >= {
                at: seed for at, seed in self.seeds.items() if at[0] == cell
            }.items()
            assert not any(officer_desk(keys).keyring.holds(cell) for keys in self.gone)


@pytest.mark.parametrize("seed", [0, 1, pytest.param(2, marks=pytest.mark.slow)])
def test_members_open_their_cells_through_every_epoch_and_nobody_else_does(team, seed):
    walk = Walk(team, seed)
    walk.check()
    for _ in range(STEPS):
        walk.step()
        walk.check()
