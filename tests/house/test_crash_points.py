"""A desk that dies at any step of the inbound path hears the message once, and warns once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("crash_run.py")
LEAST = 16
"""Steps of a whole run; fewer, and the harness counts nothing."""


@pytest.mark.parametrize("first", [pytest.param(1, id="before"), pytest.param(2, id="after", marks=pytest.mark.slow)])
def test_after_a_crash_at_any_step_there_is_one_message_one_reading_and_one_warning_each(
    world, world_file, tmp_path, first
):
    """What is on the disk after one commit is what is there before the next, so the runs that end before one meet it all."""
    ran = subprocess.run(
        [sys.executable, str(RUN), str(world_file), str(tmp_path / "scratch"), str(first)],
        env=os.environ | {"PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2_000:]
    runs = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [run["n"] for run in runs] == list(range(first, first + 2 * len(runs), 2))
    assert [run["reached"] for run in runs] == [True] * (len(runs) - 1) + [False]
    assert len(runs) > LEAST
    for run in runs:
        told = dict(run)
        n, facts = told.pop("n"), told.pop("facts")
        told.pop("reached")
        assert told == {
            "inbound": 1,
            "received": 1,
            "readings": ["duress"],
            "kept": 1,
            "used": 1,
            "row": 1,
            "signals": 1,
            "warned": ["Noeul", "Yeoul"],
            "warnings": 2,
            "raised": 2,
            "moved": 0,
            "stuck": 0,
            "spool": 0,
        }, f"left at step {n}"
        assert facts - runs[-1]["facts"] in (0, 1), f"left at step {n}"  # one more: the file was seen again
