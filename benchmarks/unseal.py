"""How long a real vault takes to open: the second unseal, at the parameters of its slots, beside the bare derivation.

A vault is made in a folder in memory, opened once and closed. Then it is opened again, five times: vault.json read and
checked, the words stretched (Argon2id, 1 GiB, three passes, four lanes), the database opened and compared with its anchor.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT_S = 5.0
TIMES = 5
WORDS, PASSWORD = "academic acid acne acquire acrobat adapt", "an invented password"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks unseal", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ojak-unseal-", dir=memory) as scratch:
        told = _measured(Path(scratch) / "home")
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["unseal_s"] < LIMIT_S else 1


def _measured(home: Path) -> dict[str, Any]:
    from ojakgyo.apps.vault import header
    from ojakgyo.cli.homes import bring_up
    from ojakgyo.domain.names import codename
    from ojakgyo.domain.sealing.stretching import UNSEAL, stretch
    from ojakgyo.runner.founding import Founding, found

    officer = codename.parse("Haneul")
    assert officer is not None
    found(home, Founding(WORDS, bytes(32), officer, PASSWORD, "en", ("N", 1, 1)), bring_up)
    _use(home)
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    def unseal() -> None:
        opened = header.unseal(home, WORDS)
        opening.open_vault(opened.ring, opener=opened.keys)

    unseal()
    keyholder.seal()
    unsealed = [_seconds(unseal, after=keyholder.seal) for _ in range(TIMES)]
    bare = [_seconds(lambda: stretch(WORDS, bytes(16), UNSEAL)) for _ in range(TIMES)]
    return {
        "benchmark": "unseal",
        "unseal_s": round(statistics.median(unsealed), 2),
        "all_s": [round(each, 2) for each in unsealed],
        "argon2id_s": round(statistics.median(bare), 2),
        "limit_s": LIMIT_S,
        "load": round(os.getloadavg()[0], 2),
    }


def _use(home: Path) -> None:
    """It was made beside the place it lies in now."""
    from django.conf import settings
    from django.db import connections

    settings.HOME = home
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = str(home / "vault.db")


def _seconds(work: Callable[[], object], *, after: Callable[[], None] = lambda: None) -> float:
    began = time.monotonic()
    work()
    took = time.monotonic() - began
    after()
    return took


def _prose(told: dict[str, Any]) -> str:
    return (
        f"second unseal    {told['unseal_s']} s, median of {TIMES}  (limit {told['limit_s']:g})\n"
        f"bare Argon2id    {told['argon2id_s']} s, 1 GiB, t=3, p=4\n"
        f"load {told['load']}"
    )
