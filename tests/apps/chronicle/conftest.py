"""Duties of our own in the place of the house's, actions without an app, and a clock that stands."""

from dataclasses import dataclass

import pytest

from ojakgyo.apps.chronicle import acts, duties, inbox, rounds
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.domain import desk as desks
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import Instant
from ojakgyo.store import keyholder

START = Instant(1_000_000)


@dataclass(slots=True)
class Time:
    now: Instant = START

    def desk(self) -> Desk:
        return desks.house(self.now, keyholder.ring())

    def go_on(self, seconds: float) -> None:
        self.now = Instant(self.now + round(1_000 * seconds))


@pytest.fixture
def time(database) -> Time:
    return Time()


@pytest.fixture
def desk(time) -> Desk:
    return time.desk()


@pytest.fixture
def rota(monkeypatch) -> duties.Rota:
    """An empty rota, which the decorators fill and the rounds do."""
    empty = duties.Rota()
    for module in (duties, inbox, rounds):
        monkeypatch.setattr(module, "ROTA", empty)
    return empty


@action
def unseal(desk: Desk, *, run: int) -> int:
    """An action that says one thing."""
    return record(desk, facts.VaultUnsealed(run=run))


@pytest.fixture
def say(time):
    """Record one fact about a run."""
    return lambda run: unseal(time.desk(), run=run)


@pytest.fixture
def writing():
    return acts.writing
