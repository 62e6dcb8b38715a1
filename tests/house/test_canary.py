"""Unique words are put wherever words can go. Then nothing on the disk, in a log or in a traceback holds one of them.

Nor did any write of the program's whole life, as the kernel saw it: what was ever handed to the disk or to another
machine, temporary files and journals that are long gone included.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from needs import missing

from house.canaries import Canaries, forms, hits, looked_for

RUN = Path(__file__).with_name("canary_run.py")
CALLS = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg"
WRITTEN = re.compile(r"^\d+ +(?:\[pid +\d+\] )?(\w+)\((\d+)<([^>]*)>")
BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CONNECTED = re.compile(r"sa_family=AF_INET6?, .*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)\"")


def everything(below: Path) -> list[Path]:
    """Every file, the journal and its index included."""
    return [path for path in below.rglob("*") if path.is_file()]


def read(line: str) -> Canaries:
    told = json.loads(line)
    return {
        name: bytes.fromhex(value) if told["kinds"][name] == "bytes" else value
        for name, value in told["canaries"].items()
    }


@dataclass
class Lived:
    """A whole run that was looked at from outside. `names`: of the files while it was open; `found`: where a canary lay."""

    disk: Path
    canaries: Canaries
    names: set[str]
    found: list[str]
    code: int | None
    trace: Path

    @property
    def traced(self) -> Path:
        if not self.trace.exists():
            missing("strace")
        return self.trace


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Lived:
    disk = tmp_path_factory.mktemp("disk")
    trace = tmp_path_factory.mktemp("trace") / "trace"  # apart: it holds every word that went out to a stream
    (disk / "temporary").mkdir()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("OJAK", "XDG", "DJANGO"))}
    follow = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "200000", "-e", f"trace={CALLS},connect", "-o", trace]
    with (disk / "stderr").open("wb") as errors:
        running = subprocess.Popen(
            [*(follow if shutil.which("strace") else ()), sys.executable, RUN, disk / "home"],
            env=surroundings | {"TMPDIR": str(disk / "temporary"), "HOME": str(disk)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            line = running.stdout.readline()
            if not line:
                pytest.fail((disk / "stderr").read_text()[-3_000:], pytrace=False)
            canaries = read(line)
            assert json.loads(running.stdout.readline()) == "open"
            names = {path.name for path in everything(disk)}
            found = hits(everything(disk), canaries)
            running.stdin.write("\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline()) == "sealed"
            found += hits(everything(disk), canaries)
            running.communicate("\n", timeout=20)
        finally:
            with suppress(ProcessLookupError):  # else it may be waiting for a line that never comes
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    found += hits(everything(disk), canaries)
    return Lived(disk, canaries, names, found, running.returncode, trace)


def test_nothing_that_was_said_or_sealed_lies_anywhere_readable(lived):
    assert lived.code == 0
    assert {"vault.json", "vault.db", "vault.db-wal", "vault.db-shm", "ojak.log", "stderr"} <= lived.names
    assert lived.found == []
    assert len(lived.canaries) > 60
    assert b"Traceback" in (lived.disk / "stderr").read_bytes()
    assert b"RuntimeError" in (lived.disk / "home" / "log" / "ojak.log").read_bytes()


# What was ever written -----------------------------------------------------------------------------------------------


def writes(trace: Path) -> Iterator[tuple[str, bytes]]:
    """(where to, bytes) of each write; the run's own two streams and what it writes as the modem are left out.

    So are pipes: a process hands a sheet to its child that reads it. What the child writes is looked at as well.
    """
    with trace.open() as lines:
        for line in lines:
            told = WRITTEN.match(line)
            if told and told[2] not in ("1", "2"):
                where = bytes.fromhex(told[3].replace("\\x", "")).decode() if told[3].startswith("\\x") else told[3]
                if "/spool/" not in where and not where.startswith("pipe:["):
                    yield where, b"".join(bytes.fromhex(each.replace("\\x", "")) for each in BYTES.findall(line))


def test_no_write_ever_held_a_word_a_number_or_a_key(lived):
    written: dict[str, dict[bytes, None]] = {}
    count = 0
    for where, data in writes(lived.traced):
        count += 1
        written.setdefault(where, {})[data] = None  # a page of the database is often written twice
    look = looked_for(lived.canaries)
    found = {(Path(where).name, name) for where, each in written.items() for name in look(b"\n\n".join(each))}
    assert found == set()
    assert count > 500
    assert {"vault.db", "vault.db-wal", "ojak.log"} <= {Path(where).name for where in written}


def test_a_canary_would_be_seen_in_the_trace(lived):
    """The vault's id stands readable in vault.json: the same look finds it."""
    vault = json.loads((lived.disk / "home" / "vault.json").read_bytes())["vault"]
    look = looked_for({"vault": vault})
    assert any(look(data) for where, data in writes(lived.traced) if where.endswith("vault.json.new"))


def test_nothing_is_spoken_to_but_this_machine(lived):
    spoken_to = set(CONNECTED.findall(lived.traced.read_text()))
    assert {each for each in spoken_to if not each.startswith("127.") and each != "::1"} == set()


# The look itself -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("canary", ["까나리 canary", b"\x00\x01canary-bytes\xff"])
def test_a_canary_is_found_however_it_is_written(tmp_path, canary):
    for place, form in enumerate(sorted(forms(canary))):
        file = tmp_path / f"{place}"
        file.write_bytes(b"before " + form + b" after")
        assert hits([file], {"another": "까나리 of others", "one": canary}) == [f"{place}: one"]


def test_what_is_not_there_is_not_found(tmp_path):
    (tmp_path / "log").write_bytes(b"watch.needs_two warning=5")
    assert hits(everything(tmp_path), {"one": "canary", "two": b"bytes of a canary"}) == []
