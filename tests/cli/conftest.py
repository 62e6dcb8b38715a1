"""A real vault, made once by `ojak init` from files; each test has a copy of it."""

import pytest
from processes import copy_of
from real_vault import Vault, made_once


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return made_once(tmp_path_factory)


@pytest.fixture
def vault(made, tmp_path) -> Vault:
    home, shares = made
    return Vault(copy_of(home, tmp_path / "home"), shares, tmp_path)
