"""Every write of the program's whole life, as the kernel saw it: no word, number or key was among the bytes.

What lies on the disk afterwards is `test_canary.py`; this looks at what was ever handed to the disk or to another
machine, temporary files and journals that are long gone included.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from needs import missing

from house.canaries import forms
from house.test_canary import RUN, read

CALLS = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg"
WRITTEN = re.compile(r"^\d+ +(?:\[pid +\d+\] )?(\w+)\((\d+)<([^>]*)>")
BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CONNECTED = re.compile(r"sa_family=AF_INET6?, .*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)\"")


@pytest.fixture(scope="module")
def traced(tmp_path_factory) -> tuple[Path, dict[str, str | bytes]]:
    """The trace of one whole run, and the canaries that were put into it."""
    if not shutil.which("strace"):
        missing("strace")
    disk = tmp_path_factory.mktemp("disk")
    (disk / "temporary").mkdir()
    trace, kept = disk / "trace", ("OJAK", "XDG", "DJANGO")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(kept)}
    follow = ["strace", "-f", "-y", "-xx", "-s", "200000", "-e", f"trace={CALLS},connect", "-o", str(trace)]
    ran = subprocess.run(
        [*follow, sys.executable, str(RUN), str(disk / "home")],
        env=surroundings | {"TMPDIR": str(disk / "temporary"), "HOME": str(disk)},
        input="\n\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-3_000:]
    return trace, read(ran.stdout.splitlines()[0])


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


def test_no_write_ever_held_a_word_a_number_or_a_key(traced):
    trace, canaries = traced
    looked_for = {name: forms(canary) for name, canary in canaries.items()}
    found, count, files = set(), 0, set()
    for where, data in writes(trace):
        count, files = count + 1, files | {Path(where).name}
        found |= {(Path(where).name, name) for name, told in looked_for.items() if any(each in data for each in told)}
    assert found == set()
    assert count > 500
    assert {"vault.db", "vault.db-wal", "ojak.log"} <= files


def test_a_canary_would_be_seen_in_the_trace(traced):
    """The vault's id stands readable in vault.json: the same look finds it."""
    trace, _ = traced
    vault = json.loads((trace.parent / "home" / "vault.json").read_bytes())["vault"].encode()
    assert any(vault in data for where, data in writes(trace) if where.endswith("vault.json.new"))


def test_nothing_is_spoken_to_but_this_machine(traced):
    trace, _ = traced
    spoken_to = set(CONNECTED.findall(trace.read_text()))
    assert {each for each in spoken_to if not each.startswith("127.") and each != "::1"} == set()
