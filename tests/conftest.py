"""A practice vault for each worker, a fresh copy of its encrypted database for each test, and Debian's Chromium."""

import gc
import os
import shutil
from pathlib import Path

import practice_vault  # first: it sets Django up
import pytest
from dealing import dealt
from django.conf import settings
from django.db import connections
from hypothesis import settings as hypothesis
from needs import missing

from ojakgyo.runner import opening
from ojakgyo.store.sqlcipher.pool import pool

gc.set_threshold(200_000, 50, 100)  # thousands of tests are no garbage; to look at them took a fifth of the time
hypothesis.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
hypothesis.register_profile("ci", max_examples=25, deadline=None, derandomize=True, print_blob=True)
hypothesis.register_profile("night", max_examples=5_000, deadline=None)
hypothesis.load_profile(os.environ.get("OJAK_HYPOTHESIS", "ci" if os.environ.get("CI") else "quick"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if (workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))) > 1:
        items[:] = dealt(items, workers)


@pytest.fixture(scope="session")
def empty_file() -> Path:
    """The database as the migrations leave it."""
    opening.bring_up_to_date()
    connections.close_all()
    pool.drain()
    return Path(settings.DATABASES["default"]["NAME"])


@pytest.fixture
def database(empty_file, tmp_path):
    """A copy of the empty database, for one test. It is encrypted like any other, and its triggers stand."""
    file = tmp_path / "vault.db"
    shutil.copyfile(empty_file, file)
    practice_vault.use(file)
    yield file
    practice_vault.use(empty_file)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Overrides pytest-playwright's: Debian's Chromium, and nothing that reaches out."""
    chromium = shutil.which("chromium")
    if not chromium:
        missing("chromium")
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    return {"executable_path": chromium, "args": quiet + (["--no-sandbox"] if os.getuid() == 0 else [])}


REPLACED = "AbortError: signal is aborted"
"""What htmx notes where somebody types on before the line was understood: the newer question takes the older one's place."""


@pytest.fixture
def screen(page):
    """A page that fails its test on any policy violation, script error or request to anywhere else."""
    wrong: list[str] = []
    listen = "e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI)"
    page.add_init_script(f"addEventListener('securitypolicyviolation', {listen})")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda line: wrong.append(line.text) if line.type == "error" and REPLACED not in line.text else None
    )
    page.on("request", lambda request: None if _ours(request.url) else wrong.append(request.url))
    page.set_default_timeout(10_000)
    page.wrong = wrong
    yield page
    page.goto("about:blank")  # closes the stream before the server is asked to leave
    assert wrong == []


def _ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "about:"))
