"""Practice worlds as processes. One is founded and one is played; every other starts from a copy."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from modem import PROGRAMS, modem
from needs import missing
from processes import House, copy_of, ojak

from stories.visiting import Visitor

HOLD_MS = 1_000
"""So long these worlds hold a typed line, in the place of ten seconds which every story would wait."""
FOUNDING_S = 100.0
"""A thousand actions and many derivations, while the other workers have all there is of the machine."""


@dataclass(frozen=True)
class Closed:
    """A home that nobody serves, made once for all workers; `told`: what was seen while it was made."""

    home: Path
    told: dict[str, Any]


def once(factory, name: str, make: Callable[[Path], dict[str, Any]]) -> Closed:
    """Made by the worker that comes first; the others wait for it."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home, told = root / name / "home", root / f"{name}.json"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(make(home)))
    return Closed(home, json.loads(told.read_text()))


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """A practice world after its first start."""

    def make(home: Path) -> dict[str, Any]:
        with House("demo", home=home) as house:
            house.wait(within_s=FOUNDING_S)
        (home / "ojak.toml").write_text(f"[log]\nhold_ms = {HOLD_MS}\n")
        return {"prose": house.prose, "ready_s": house.ready_s}

    return once(tmp_path_factory, "founded", make)


@pytest.fixture
def house(founded, tmp_path):
    """A fresh practice world that serves, for one test."""
    with House("demo", home=copy_of(founded.home, tmp_path / "home")) as house:
        yield house.wait()


@pytest.fixture(scope="session")
def played(founded, tmp_path_factory):
    """The world after its night."""

    def make(home: Path) -> dict[str, Any]:
        home.parent.mkdir()
        with House("demo", home=copy_of(founded.home, home)) as house:
            house.wait()
            told = ojak("demo", "play", "night", "--speed", "50", "--json", home=home)
        return {"code": told.code, "lines": told.lines}

    return once(tmp_path_factory, "played", make)


@pytest.fixture(scope="session")
def night(played, tmp_path_factory):
    """After the night: Beodeul has written under duress, and the warnings stand. Only to be looked at."""
    with House("demo", home=copy_of(played.home, tmp_path_factory.mktemp("night") / "home")) as house:
        yield house.wait()


@pytest.fixture(scope="module")
def duress(played, tmp_path_factory):
    """As `night`, for the tests of one file that act; each does so about another helper."""
    with House("demo", home=copy_of(played.home, tmp_path_factory.mktemp("duress") / "home")) as house:
        yield house.wait()


@pytest.fixture(scope="module")
def fresh(founded, tmp_path_factory):
    """Beodeul has just written under duress: nobody has had ten minutes yet to answer, so no row is shown to all on duty."""
    with House("demo", home=copy_of(founded.home, tmp_path_factory.mktemp("fresh") / "home")) as house:
        house.wait()
        forced = house.say("Beodeul", "duress")
        with Visitor(house, "Haneul") as haneul:
            haneul.read("/log/")
            haneul.send("/log/", line=f"Beodeul {forced['text']}").raise_for_status()
        house.warning_about("Yeoul")
        yield house


@pytest.fixture
def phone(house, tmp_path):
    """A modem whose daemon puts what it hears into the spool of `house`."""
    for program in PROGRAMS:
        if not shutil.which(program):
            missing(program)
    with modem(tmp_path / "modem", inbox=Path(house.ready["spool"])) as phone:
        yield phone
