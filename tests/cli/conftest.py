"""A real vault, made once by `ojak init` from files; each test has a copy of it."""

import fcntl
import json
import os
from pathlib import Path

import pytest
from processes import copy_of, secrets_file
from real_vault import ANSWERS, PASSWORD, WORDS, Vault, init


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> tuple[Path, tuple[str, ...]]:
    """Home and shares; made by the worker that comes first."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, told = root / "vault-made", root / "vault-made.json"
    with (root / "vault-made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            folder.mkdir()
            (folder / "answers.toml").write_text(ANSWERS)
            secrets = secrets_file(folder, f'passphrase = "{WORDS}"', f'password = "{PASSWORD}"')
            files = ("--answers", str(folder / "answers.toml"), "--secrets-file", str(secrets))
            done = init(*files, "--json", home=folder / "home")
            assert done.code == 0, done.prose
            told.write_text(json.dumps(done.lines[0]))
    return folder / "home", tuple(json.loads(told.read_text())["shares"])


@pytest.fixture
def vault(made, tmp_path) -> Vault:
    home, shares = made
    return Vault(copy_of(home, tmp_path / "home"), shares, tmp_path)
