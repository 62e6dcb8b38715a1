"""A practice vault for each worker, a fresh copy of its encrypted database for each test, and Debian's Chromium."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's sync API leaves a loop running in the main thread
os.environ["DJANGO_SETTINGS_MODULE"] = "ojakgyo.config.settings"
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
HOME = Path(tempfile.mkdtemp(prefix="ojak-test-", dir=MEMORY))
os.environ["OJAK_HOME"] = str(HOME)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

import django
import pytest
from hypothesis import settings as hypothesis

from ojakgyo.apps.vault import header
from ojakgyo.store import keyholder

RING = header.found(HOME, "words for invented people only", demo=True)
keyholder.unseal(RING)
django.setup()

from django.conf import settings
from django.db import connections

from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.watch.latest import latest
from ojakgyo.runner import opening
from ojakgyo.store.sqlcipher.pool import pool

hypothesis.register_profile("quick", max_examples=25, deadline=None, derandomize=True)
hypothesis.register_profile("ci", max_examples=200, deadline=None, derandomize=True, print_blob=True)
hypothesis.register_profile("night", max_examples=5_000, deadline=None)
hypothesis.load_profile(os.environ.get("OJAK_HYPOTHESIS", "ci" if os.environ.get("CI") else "quick"))


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
    use(file)
    yield file
    use(empty_file)


def use(file: Path) -> None:
    """Open this file from now on, whatever was open."""
    keyholder.unseal(RING)
    connections.close_all()
    pool.drain()
    connections["default"].settings_dict["NAME"] = str(file)
    settings.DATABASES["default"]["NAME"] = str(file)
    latest.forget()
    seats.clear()
    pace._wrong.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Overrides pytest-playwright's: Debian's Chromium, and nothing that reaches out."""
    chromium = shutil.which("chromium")
    if not chromium:
        missing("chromium")
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync"]
    return {"executable_path": chromium, "args": quiet + (["--no-sandbox"] if os.getuid() == 0 else [])}


def missing(program: str) -> None:
    """What a test needs and this machine has not: skipped by hand, a failure where everything must run."""
    if os.environ.get("CI"):
        pytest.fail(f"{program} is not installed", pytrace=False)
    pytest.skip(f"needs {program}")


@pytest.fixture
def screen(page):
    """A page that fails its test on any policy violation, script error or request to anywhere else."""
    wrong: list[str] = []
    listen = "e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI)"
    page.add_init_script(f"addEventListener('securitypolicyviolation', {listen})")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: None if _ours(request.url) else wrong.append(request.url))
    page.set_default_timeout(10_000)
    page.wrong = wrong
    yield page
    page.goto("about:blank")  # closes the stream before the server is asked to leave
    assert wrong == []


def _ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "about:"))
