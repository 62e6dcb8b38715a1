"""Unique words are put wherever words can go. Then nothing on the disk, in a log or in a traceback holds one of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from house.canaries import forms, hits

RUN = Path(__file__).with_name("canary_run.py")


def everything(below: Path) -> list[Path]:
    """Every file, the journal and its index included."""
    return [path for path in below.rglob("*") if path.is_file()]


def read(line: str) -> dict[str, str | bytes]:
    told = json.loads(line)
    return {
        name: bytes.fromhex(value) if told["kinds"][name] == "bytes" else value
        for name, value in told["canaries"].items()
    }


def test_nothing_that_was_said_or_sealed_lies_anywhere_readable(tmp_path):
    disk = tmp_path / "disk"
    (disk / "temporary").mkdir(parents=True)
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("OJAK", "XDG", "DJANGO"))}
    with (disk / "stderr").open("wb") as errors:
        running = subprocess.Popen(
            [sys.executable, str(RUN), str(disk / "home")],
            env=surroundings | {"TMPDIR": str(disk / "temporary"), "HOME": str(disk)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            line = running.stdout.readline()
            if not line:
                pytest.fail((disk / "stderr").read_text()[-3_000:], pytrace=False)
            canaries = read(line)
            assert json.loads(running.stdout.readline()) == "open"
            names = {path.name for path in everything(disk)}
            assert {"vault.json", "vault.db", "vault.db-wal", "vault.db-shm", "ojak.log", "stderr"} <= names
            found = hits(everything(disk), canaries)
            running.stdin.write("\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline()) == "sealed"
            found += hits(everything(disk), canaries)
            running.communicate("\n", timeout=20)
        finally:
            running.kill()  # it may be waiting for a line that never comes
            running.wait()
        found += hits(everything(disk), canaries)
    assert running.returncode == 0
    assert found == []
    assert len(canaries) > 60
    assert b"Traceback" in (disk / "stderr").read_bytes()
    assert b"RuntimeError" in (disk / "home" / "log" / "ojak.log").read_bytes()


@pytest.mark.parametrize("canary", ["까나리 canary", b"\x00\x01canary-bytes\xff"])
def test_a_canary_is_found_however_it_is_written(tmp_path, canary):
    for place, form in enumerate(sorted(forms(canary))):
        file = tmp_path / f"{place}"
        file.write_bytes(b"before " + form + b" after")
        assert hits([file], {"one": canary}) == [f"{place}: one"]


def test_what_is_not_there_is_not_found(tmp_path):
    (tmp_path / "log").write_bytes(b"watch.needs_two warning=5")
    assert hits(everything(tmp_path), {"one": "canary", "two": b"bytes of a canary"}) == []
