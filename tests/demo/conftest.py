"""A practice world, founded once for each worker and copied for each test."""

import functools
import shutil
from dataclasses import dataclass
from pathlib import Path

import practice_vault
import pytest

from ojakgyo.apps.vault import header
from ojakgyo.demo import founding, officers, world
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True)
class Founded:
    """A closed database, the vault.json that goes with it, and when its story starts."""

    file: Path
    header: bytes
    start: Instant


@pytest.fixture(scope="session", autouse=True)
def stretched_once():
    """What is dear to compute on purpose is computed once for the same words and salt; what comes of it is the same."""
    with pytest.MonkeyPatch.context() as patch:
        for dear in (primitives.stretch, primitives.hard_index):
            patch.setattr(primitives, dear.__name__, functools.cache(dear))
        yield


@pytest.fixture(scope="session")
def founded(stretched_once, empty_file, tmp_path_factory):
    """A practice world in a database of its own."""
    file = tmp_path_factory.mktemp("world") / "vault.db"
    shutil.copyfile(empty_file, file)
    practice_vault.use(file)
    officers._keys.cache_clear()
    start = founding.found(practice_vault.HOME, say=lambda part: None)
    header.replace(practice_vault.HOME / world.WHOLE, str(start).encode())
    made = (practice_vault.HOME / header.NAME).read_bytes()
    practice_vault.use(empty_file)  # closes the file, so that it is whole
    yield Founded(file, made, start)
    officers._keys.cache_clear()


@pytest.fixture
def practice_world(founded, database):
    """The world before its first event."""
    shutil.copyfile(founded.file, database)
    practice_vault.use(database)
    header.replace(practice_vault.HOME / header.NAME, founded.header)
    return founded
