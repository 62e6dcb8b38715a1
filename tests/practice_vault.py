"""The practice vault of this worker: made before Django is set up, its database file changed from test to test."""

import atexit
import functools
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

from ojakgyo.apps.vault import header
from ojakgyo.domain.sealing import primitives
from ojakgyo.store import keyholder

# The same words with the same salt at the same cost are worked out once: each test signs in to a copy of one network.
# What a stretch takes is for those that ask for `primitives.stretch.__wrapped__`.
primitives.stretch = functools.lru_cache(maxsize=1_024)(primitives.stretch)
WORDS = "words for invented people only"
RING = header.found(HOME, WORDS, demo=True)
FILE = (HOME / header.NAME).read_bytes()
keyholder.unseal(RING)
django.setup()

from django.conf import settings
from django.db import connections

from ojakgyo.apps.cards.reading.kept import kept as kept_rows
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.watch.latest import latest
from ojakgyo.apps.watch.rings.standing import standing
from ojakgyo.apps.watch.telling.queries import kept
from ojakgyo.store.sqlcipher.pool import pool
from ojakgyo.web import evenly

evenly.STEP_S = 0.001  # nobody holds a clock to these desks; that answers wait is another test's


def use(file: Path) -> None:
    """Open this file from now on, whatever was open."""
    keyholder.unseal(RING)
    (HOME / header.NAME).write_bytes(FILE)
    (HOME / header.DEMO_KEY).write_text(f"{WORDS}\n")
    connections.close_all()
    pool.drain()
    connections["default"].settings_dict["NAME"] = str(file)
    settings.DATABASES["default"]["NAME"] = str(file)
    latest.forget()
    standing.forget()
    kept.forget()
    kept_rows.forget()
    hearing.forget()
    seats.clear()
    pace._wrong.clear()
