"""`ojak wake show`: the rota with its gaps, and whether each way has woken its officer; no address."""

import json

import pytest
import typer.testing
from world import night, night_kept

from ojakgyo.apps.alerts import actions
from ojakgyo.apps.alerts.outlets import Sink
from ojakgyo.apps.alerts.sending import send_waiting
from ojakgyo.apps.vault.desks import command_desk, house_desk
from ojakgyo.cli import wake as command
from ojakgyo.cli.root import app
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import HOUR_MS, Instant
from ojakgyo.runner import waking

__all__ = ["night", "night_kept"]


@pytest.fixture
def show(night, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "ask_or_open", lambda at, secrets, do, **asked: waking.HANDLERS[do](asked))

    def run(*words):
        done = typer.testing.CliRunner().invoke(app, ["wake", "show", *words, "--home", str(tmp_path)])
        assert done.exit_code == 0, done.exception
        return done.stdout

    return run


def test_the_rota_its_gaps_and_the_ways_are_read_without_an_address(night, show):
    haneul = night.desk("Haneul")
    actions.keep_address(command_desk(), officer=haneul.officer, address="sky@night.invalid")
    actions.keep_quiet_hours(haneul, officer=haneul.officer, way=WayKind.MAIL, begins=14 * 60, ends=22 * 60)
    actions.try_way(haneul, way=WayKind.MAIL)
    send_waiting(house_desk(), Sink(), run=1)
    actions.answer_test(night.desk("Haneul"), way=WayKind.MAIL)
    now, ends = haneul.now, Instant(haneul.now + 8 * HOUR_MS)
    actions.set_on_call(haneul, officer=haneul.officer, opens=now, closes=ends)

    lines = [json.loads(line) for line in show("--json").splitlines()]
    assert lines[0] == {"officer": "Haneul", "opens": instants.rfc3339(now), "closes": instants.rfc3339(ends)}
    assert (lines[1]["officer"], lines[1]["opens"]) == (None, instants.rfc3339(ends))
    of = {line["officer"]: line["ways"] for line in lines if "ways" in line}
    assert [(each["way"], each["untried"], each["quiet_from"]) for each in of["Haneul"]] == [("mail", False, "23:00")]
    told = show()
    assert "nobody is on call" in told and "Haneul: mail, woke " in told and "quiet 23:00–07:00" in told
    assert "night.invalid" not in told + show("--json")
