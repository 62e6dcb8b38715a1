"""How long a newcomer waits: a bare checkout to its first page, the package cache filled; and the second start.

The checkout is copied without its environment; the installer and the package cache are those of this checkout, and
nothing is fetched. The clock runs from `./ojak demo` until the way in answers.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[1]
LEFT_OUT = (".git", ".ojak", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
FIRST_LIMIT_S, SECOND_LIMIT_S = 15.0, 5.0
PATIENCE_S = 300.0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks start", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    asked = parser.parse_args(argv)
    if not (CHECKOUT / ".ojak" / "boot").exists():
        raise SystemExit("needs the installer and a filled cache: run ./ojak demo once")
    with tempfile.TemporaryDirectory(prefix="ojak-start-", dir=CHECKOUT.parent) as scratch:
        bare = _bare(Path(scratch) / "checkout")
        first, second = _start(bare, Path(scratch)), _start(bare, Path(scratch))
    told = {
        "benchmark": "start",
        "first_page_s": first["page_s"],
        "second_page_s": second["page_s"],
        "first_limit_s": FIRST_LIMIT_S,
        "second_limit_s": SECOND_LIMIT_S,
        "steps": first["steps"],
        "load": round(os.getloadavg()[0], 2),
    }
    print(json.dumps(told) if asked.json else _prose(told))
    return 0 if first["page_s"] <= FIRST_LIMIT_S and second["page_s"] < SECOND_LIMIT_S else 1


def _bare(to: Path) -> Path:
    """The checkout as it is fetched, with a link to the package cache: it lies on the same disk, as on one machine."""
    shutil.copytree(CHECKOUT, to, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (to / ".ojak").mkdir()
    shutil.copytree(CHECKOUT / ".ojak" / "boot", to / ".ojak" / "boot")
    (to / ".ojak" / "cache").symlink_to(CHECKOUT / ".ojak" / "cache")
    return to


def _start(checkout: Path, scratch: Path) -> dict[str, Any]:
    """Seconds until the page is there, and what the launcher said when."""
    runtime = scratch / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OJAK", "DJANGO", "UV_"))}
    began = time.monotonic()
    with subprocess.Popen(
        ["./ojak", "demo", "--home", str(scratch / "home"), "--port", str(_free_port()), "--json"],
        cwd=checkout,
        env={**kept, "UV_OFFLINE": "1", "XDG_RUNTIME_DIR": str(runtime)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            steps = _steps(process, began)
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise SystemExit(f"it ended with {process.wait()}: {steps}")
            with urllib.request.urlopen(json.loads(line)["enter"], timeout=PATIENCE_S) as page:
                page.read()
            return {"page_s": round(time.monotonic() - began, 2), "steps": steps}
        finally:
            os.killpg(process.pid, signal.SIGINT)


def _steps(process: "subprocess.Popen[str]", began: float) -> list[str]:
    """What is said on standard error until the address is there."""
    said = []
    for line in process.stderr or ():
        said.append(f"{time.monotonic() - began:6.2f} s  {line.rstrip()}")
        if line.startswith("Ctrl-C"):
            break
    return said


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _prose(told: dict[str, Any]) -> str:
    return "\n".join(
        (
            *told["steps"],
            f"bare checkout -> first page  {told['first_page_s']} s  (limit {told['first_limit_s']:g})",
            f"second start  -> first page  {told['second_page_s']} s  (limit {told['second_limit_s']:g})",
            f"load {told['load']}",
        )
    )
