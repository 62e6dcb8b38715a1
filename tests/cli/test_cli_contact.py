"""`ojak contact due|late`: code names and times alone, the same after "all well" and after duress."""

import json

import pytest
import typer.testing
from world import duress, night, night_kept, well

from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.cli import contact as command
from ojakgyo.cli.root import app
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant
from ojakgyo.runner import contact

__all__ = ["night", "night_kept"]


@pytest.fixture
def ojak(night, monkeypatch, tmp_path):
    """A command in this process: its exit code, its JSON lines, its prose."""
    monkeypatch.setattr(command, "ask_or_open", lambda at, secrets, do, **asked: contact.HANDLERS[do](asked))

    def run(*words):
        done = typer.testing.CliRunner().invoke(app, ["contact", *words, "--home", str(tmp_path)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, [json.loads(line) for line in done.stdout.splitlines() if line[:1] == "{"], done.stdout

    return run


def test_due_are_the_windows_of_the_next_72_hours(night, ojak):
    code, lines, _ = ojak("due", "--json")
    assert code == 0
    assert {line["code_name"] for line in lines} == {"Yeoul"}
    assert lines[0].keys() == {"person", "code_name", "opens", "closes"}


def test_late_says_who_since_when_and_whose_it_is(night, ojak):
    opens = Instant(night.now + MINUTE_MS)
    who = {"person": night.person("Seori-5"), "opens": opens, "closes": Instant(opens + HOUR_MS), "grace_ms": HOUR_MS}
    agree_window(night.desk("Haneul"), **who)
    night.goes_on(hours=2.1)
    code, lines, _ = ojak("late", "--json")
    said = {line["code_name"]: (line["state"], line["stage"], line["officer"]) for line in lines}
    assert (code, said) == (1, {"Seori-5": ("silent", 0, None), "Beodeul": ("late", None, None)})
    assert f"Seori-5: silent since {in_seoul(Instant(opens + HOUR_MS))}, stage 1 of 4, nobody yet" in ojak("late")[2]


def test_people_read_the_clock_of_the_pages_and_programs_read_utc(night, ojak):
    (line,) = ojak("due", "--json")[1]
    shown = [in_seoul(instants.parse(line[end])) for end in ("opens", "closes")]
    assert ojak("due")[2] == f"{shown[0]} – {shown[1].split()[-1]}  Yeoul\n"
    assert line["opens"].endswith("Z")


def in_seoul(at):
    moment = instants.aware(at + 9 * HOUR_MS)
    return f"{moment.day} {moment:%b %H:%M}"


@pytest.mark.parametrize("what", [well, duress], ids=["well", "duress"])
def test_whoever_was_heard_is_not_late_whatever_they_said(night, ojak, what):
    night.hears("Beodeul", what)
    assert ojak("late", "--json")[:2] == (0, [])
