"""What twenty officers who sign in at the same moment take of memory: the highest above idle, and how long the last waits.

A vault at the real cost, made for this and opened with its passphrase, is served by a process of its own. Twenty
officers with passwords of their own send theirs at once; the derivations run two at a time, 128 MiB each.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from tests.processes import House, secrets_file

OFFICERS = 20
LIMIT_MIB = 300.0
WORDS = "words for invented people only"
CODE_NAMES = [(word, 0) for word in range(1, OFFICERS + 1)]
LOOK_S = 0.005


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sign_in", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    if asked.make:
        return _make(asked.make)
    with tempfile.TemporaryDirectory(prefix="ojak-bench-") as scratch:
        home = Path(scratch) / "home"
        subprocess.run([sys.executable, "-m", "benchmarks", "sign_in", "--make", str(home)], check=True)
        secrets = secrets_file(Path(scratch), WORDS)
        with House("serve", "--secrets-file", str(secrets), home=home) as house:
            told = _measure(house.wait())
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if told["above_idle_mib"] < LIMIT_MIB and told["signed_in"] == OFFICERS else 1


def _make(home: Path) -> int:
    """A vault at the real cost with twenty officers, each with the password of their number."""
    from ojakgyo.apps.vault import header
    from ojakgyo.cli.homes import bring_up

    ring = header.found(home, WORDS, demo=False)
    bring_up(home)
    from ojakgyo.apps.vault.actions import enrol_officer
    from ojakgyo.apps.vault.desks import command_desk
    from ojakgyo.domain.names.codename import CodeName
    from ojakgyo.domain.values.roles import OfficerRole
    from ojakgyo.runner import opening
    from ojakgyo.store import keyholder

    opening.open_vault(ring)
    for word, number in CODE_NAMES:
        enrol_officer(
            command_desk(), code_name=CodeName(word, number), password=_password(word), roles=[OfficerRole.SAFETY]
        )
    keyholder.seal()
    return 0


def _password(word: int) -> str:
    return f"password of officer {word}"


def _measure(house: House) -> dict[str, Any]:
    doors = [_door(house.url) for _ in CODE_NAMES]
    time.sleep(2.0)
    idle, seen, over = _resident_mib(house.process.pid), [0.0], threading.Event()

    def watch() -> None:
        while not over.is_set():
            seen.append(_resident_mib(house.process.pid))
            time.sleep(LOOK_S)

    answers: list[tuple[int, float]] = []
    watching = threading.Thread(target=watch)
    coming = [
        threading.Thread(target=lambda each=each: answers.append(_sign_in(*each)))  # type: ignore[misc]
        for each in zip(doors, CODE_NAMES, strict=True)
    ]
    watching.start()
    for thread in coming:
        thread.start()
    for thread in coming:
        thread.join()
    over.set()
    watching.join()
    return {
        "benchmark": "sign_in",
        "at_once": OFFICERS,
        "signed_in": sum(status == 302 for status, _ in answers),
        "idle_mib": round(idle, 1),
        "above_idle_mib": round(max(seen) - idle, 1),
        "limit_mib": LIMIT_MIB,
        "first_s": round(min(seconds for _, seconds in answers), 2),
        "last_s": round(max(seconds for _, seconds in answers), 2),
        "load": round(os.getloadavg()[0], 2),
    }


def _door(url: str) -> tuple[httpx.Client, str]:
    """A browser that has looked at the way in, and the token of its form."""
    client = httpx.Client(base_url=url, timeout=120, headers={"Origin": url})
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/enter/").text)
    if found is None:
        raise SystemExit("the way in has no form")
    return client, found.group(1)


def _sign_in(door: tuple[httpx.Client, str], code_name: tuple[int, int]) -> tuple[int, float]:
    """Status and seconds."""
    from ojakgyo.domain.names.codename import CodeName

    client, token = door
    typed = {"code_name": CodeName(*code_name).ko, "password": _password(code_name[0]), "csrfmiddlewaretoken": token}
    began = time.monotonic()
    return client.post("/enter/", data=typed).status_code, time.monotonic() - began


def _resident_mib(pid: int) -> float:
    (line,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(line) / 1024


def _prose(told: dict[str, Any]) -> str:
    return (
        f"{told['signed_in']} of {told['at_once']} signed in at once, load {told['load']}\n"
        f"memory above idle   {told['above_idle_mib']} MiB   (idle {told['idle_mib']}, limit {told['limit_mib']:g})\n"
        f"first in after {told['first_s']} s, last after {told['last_s']} s"
    )
