"""`ojak card`: what an officer does about cards at a terminal, and what it says. In this process, but for the door."""

import json
import shutil
import subprocess

import pytest
import typer.testing
from django.conf import settings
from needs import missing
from world import FALSE, OWN, duress, night, night_kept, told, well

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.vault.seats import seats
from ojakgyo.cli import card as command
from ojakgyo.cli.root import app
from ojakgyo.domain import facts
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PrintForm, ReadingResult
from ojakgyo.domain.values import ids
from ojakgyo.runner import cards
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]


@pytest.fixture
def ojak(night, monkeypatch, tmp_path):
    """A command in this process: exit code, JSON lines, prose. The officer is the one after --officer."""
    monkeypatch.setattr(command, "acts", lambda at, who, secrets: {"officer": who, "password": f"of {who}", "code": ""})
    monkeypatch.setattr(command, "ask_or_open", lambda at, secrets, do, **asked: cards.HANDLERS[do](asked))

    def run(*words, typed=""):
        done = typer.testing.CliRunner().invoke(app, ["card", *words, "--home", str(tmp_path)], input=typed)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        lines = [json.loads(line) for line in done.stdout.splitlines() if line[:1] == "{"]
        return done.exit_code, lines, done.stderr

    return run


def text_of(night, who, what=well):
    """The next text of somebody's card."""
    ((_, row),) = stock.rows_of(keyholder.ring().state_key(), stock.present(night.person(who)), 1)
    return encode.text(row, own_number=FALSE if what == duress else OWN, meaning=well)


# Issue, print, burn --------------------------------------------------------------------------------------------------


def test_a_next_card_is_issued_and_said(night, ojak):
    code, (said,), prose = ojak("issue", "Yeoul", "--officer", "Haneul", "--json")
    assert code == 0 and said["north"] is True and "itself an exhibit" in prose, "as its page says it"
    code, (said,), prose = ojak("issue", "Haebaragi", "--officer", "Haneul", "--json")
    assert "north" not in said and prose == ""
    code, (said,), _ = ojak("issue", "Beodeul", "--officer", "Haneul", "--json")
    to_come = stock.to_come(night.person("Beodeul"))
    assert code == 0 and said == {"card": ids.text("k", to_come.pk), "code_name": "Beodeul", "north": True}
    assert told(facts.CardIssued)[-1].card == to_come.pk
    assert seats.present() == () or all(seat.officer != night.officer("Haneul") for seat in seats.present())
    code, lines, prose = ojak("issue", "Beodeul", "--officer", "Haneul", "--json")
    assert (code, lines) == (1, []) and "cards.next_waits" in prose


def test_who_holds_no_key_of_the_cell_issues_and_prints_nothing(night, ojak, tmp_path):
    before = Card.objects.count()
    code, _, prose = ojak("issue", "Beodeul", "--officer", "Dasom")
    assert code == 3 and "vault.not_held" in prose
    ojak("issue", "Beodeul", "--officer", "Haneul")
    file = tmp_path / "a.pdf"
    code, _, prose = ojak("print", "Beodeul", "--to", str(file), "--officer", "Dasom")
    assert code == 3 and "vault.not_held" in prose
    assert not file.exists(), "nothing is left of a file that was begun"
    assert Card.objects.count() == before + 1


@pytest.mark.parametrize(
    "words", [["issue", "Yeoul"], ["print", "Yeoul", "--to", "x.pdf"], ["verify", "Yeoul"], ["burn", "Yeoul"]]
)
def test_who_names_no_officer_is_told_who_is_missing(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = typer.testing.CliRunner().invoke(app, ["card", *words, "--home", str(tmp_path)], input="rice 41")
    assert done.exit_code == 1
    assert "Say who acts, with --officer." in done.stderr and "vault.nobody_acts" in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_wrong_password_does_nothing(night):
    with pytest.raises(Refused):
        list(cards.issue({"who": "Beodeul", "officer": "Haneul", "password": "of somebody", "code": ""}))
    assert stock.to_come(night.person("Beodeul")) is None


def test_what_is_printed_is_what_the_rows_say(night, ojak, tmp_path):
    """`pdftotext` of the paper beside `ojak card rows`, word by word."""
    if not shutil.which("pdftotext"):
        missing("pdftotext")
    file = tmp_path / "a.pdf"
    ojak("issue", "Beodeul", "--officer", "Haneul")
    code, lines, prose = ojak("print", "Beodeul", "--to", str(file), "--warned", "--officer", "Haneul", "--json")
    assert code == 0, prose
    (said,) = lines
    assert said["code_name"] == "Beodeul"
    assert file.stat().st_mode & 0o777 == 0o600
    printed = told(facts.CardPrinted)[-1]
    assert (ids.text("k", printed.card), printed.form, printed.row) == (said["card"], PrintForm.CARD, 0)
    paper = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    shown = typer.testing.CliRunner().invoke(app, ["card", "rows", "Beodeul", "--next", "--home", str(tmp_path)])
    assert shown.exit_code == 0
    assert paper.split() == shown.stdout.split() != []
    _, rows, _ = ojak("rows", "Beodeul", "--next", "--json")
    assert [row["row"] for row in rows] == list(range(12))
    pairs = {pair for row in rows for pair in (*row["cells"], *row["answers"].values())}
    assert pairs <= set(paper.split())


def test_for_the_north_a_card_is_printed_once_the_warning_was_read_and_one_to_copy_without(night, ojak, tmp_path):
    ojak("issue", "Beodeul", "--officer", "Haneul")
    code, _, prose = ojak("print", "Beodeul", "--to", str(tmp_path / "a.pdf"), "--officer", "Haneul")
    assert code == 1 and "cards.warned_first" in prose and "--warned" in prose and not (tmp_path / "a.pdf").exists()
    copying = ("--form", "copying", "--to", str(tmp_path / "b.pdf"), "--officer", "Haneul")
    assert ojak("print", "Beodeul", *copying)[0] == 0
    assert told(facts.CardPrinted)[-1].form is PrintForm.COPYING


def test_a_file_that_is_there_is_left_alone_and_nothing_is_printed(night, ojak, tmp_path):
    ojak("issue", "Beodeul", "--officer", "Haneul")
    file = tmp_path / "a.pdf"
    file.write_text("kept")
    code, _, prose = ojak("print", "Beodeul", "--to", str(file), "--officer", "Haneul")
    assert code == 1 and "house.not_written" in prose
    assert file.read_text() == "kept" and told(facts.CardPrinted) == []


def test_a_card_in_use_is_printed_no_more(night, ojak, tmp_path):
    code, _, prose = ojak("print", "Beodeul", "--to", str(tmp_path / "a.pdf"), "--officer", "Haneul")
    assert code == 1 and "cards.handed_over" in prose


def test_the_sheet_of_habits_needs_no_officer_no_home_and_no_vault(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "ask_or_open", lambda *_, **__: pytest.fail("a vault was asked for"))
    for name in ("OJAK_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for language in ("ko", "zh", "en"):
        file = tmp_path / f"{language}.pdf"
        words = ["card", "print", "--habits", language, "--to", str(file), "--json"]
        done = typer.testing.CliRunner().invoke(app, words)
        assert (done.exit_code, json.loads(done.stdout)) == (0, {"habits": language})
        assert file.read_bytes().startswith(b"%PDF-") and file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "words",
    [("Beodeul",), ("--to", "a.pdf"), ("Beodeul", "--habits", "ko", "--to", "a.pdf"),
     ("Beodeul", "--to", "a.pdf", "--form", "poster"), ("--habits", "fr", "--to", "a.pdf")],
)  # fmt: skip
def test_wrong_usage_ends_with_2(ojak, words):
    assert ojak("print", *words)[0] == 2


def test_one_officer_burns_a_card_without_any_key_of_the_cell(night, ojak):
    card = stock.present(night.person("Beodeul"))
    code, (said,), _ = ojak("burn", "Beodeul", "--officer", "Dasom", "--json")
    assert code == 0 and said == {"card": ids.text("k", card.pk), "code_name": "Beodeul"}
    assert stock.known(card.pk).in_use is CardState.BURNT
    code, _, prose = ojak("burn", "Beodeul", "--officer", "Dasom")
    assert code == 1 and "cards.no_card" in prose


def test_the_card_to_come_is_burnt_where_it_is_asked_for(night, ojak):
    ojak("issue", "Beodeul", "--officer", "Haneul")
    assert ojak("burn", "Beodeul", "--next", "--officer", "Haneul")[0] == 0
    assert stock.to_come(night.person("Beodeul")) is None
    assert stock.present(night.person("Beodeul")) is not None


# Verify --------------------------------------------------------------------------------------------------------------


def test_well_and_duress_are_said_alike(night, ojak):
    said = []
    for what in (well, duress):
        code, (line,), prose = ojak(
            "verify", "Beodeul", "--officer", "Haneul", "--json", typed=text_of(night, "Beodeul", what)
        )
        said.append((code, line | {"message": ""}, prose))
        night.goes_on(hours=1)
    assert said[0] == said[1] == (0, {"noted": True, "message": ""}, "")
    assert [each.result for each in told(facts.MessageRead)][-2:] == [ReadingResult.OK, ReadingResult.DURESS]


def test_the_result_is_said_to_safety_with_the_key_and_to_nobody_else(night, ojak):
    code, (line,), _ = ojak(
        "verify", "Beodeul", "--reasons", "--officer", "Haneul", "--json", typed=text_of(night, "Beodeul", duress)
    )
    assert code == 0 and line["result"] == "duress"
    before, text = inbox.head(), text_of(night, "Beodeul")
    for who, code in (("Boram", 1), ("Dasom", 3)):
        assert ojak("verify", "Beodeul", "--reasons", "--officer", who, typed=text)[0] == code
    read = [fact for fact in told(facts.MessageRead) if fact.person == night.person("Beodeul")]
    assert len([each for each in read if each.result is ReadingResult.OK]) <= 1, "refused before anything was read"
    assert inbox.head() == before + 4, "each sat down and left"


def test_a_text_of_several_lines_is_read_whole(night, ojak):
    text = text_of(night, "Beodeul")
    lines = f"쌀 {text[:2]}원\n{text[2:4]}근\n{text[4:]}위안\n"
    _, (line,), _ = ojak("verify", "Beodeul", "--reasons", "--officer", "Haneul", "--json", typed=lines)
    assert line["result"] == "ok"


def test_no_text_and_nobody_are_refused(night, ojak):
    assert ojak("verify", "Beodeul", "--officer", "Haneul", typed=" \n")[0] == 1
    assert "people.unknown_code_name" in ojak("verify", "Nobody", "--officer", "Haneul", typed="482193")[2]


# Rows ----------------------------------------------------------------------------------------------------------------


def test_rows_are_those_that_are_left_and_need_no_officer(night, ojak):
    night.hears("Beodeul", well)
    code, rows, _ = ojak("rows", "Beodeul", "--json")
    assert code == 0 and [row["row"] for row in rows] == list(range(1, 12))
    ((_, ahead),) = stock.rows_of(keyholder.ring().state_key(), stock.present(night.person("Beodeul")), 1)
    first = rows[0]
    assert first["cells"] == [f"{cell:02}" for cell in ahead.cells]
    assert list(first["answers"]) == ["noted", "lie_low", "do_not_come"]
    assert (first["gap"], first["hour"]) == (ahead.gap, ahead.hour)


def test_rows_of_a_real_vault_are_shown_to_nobody(night, ojak, monkeypatch):
    monkeypatch.setattr(settings, "OJAK_DEMO", False)
    code, lines, prose = ojak("rows", "Beodeul", "--json")
    assert (code, lines) == (1, []) and "cards.rows_practice_only" in prose


def test_every_command_of_the_door_is_known_to_the_house():
    from ojakgyo.runner.looking import HANDLERS

    assert set(cards.HANDLERS) <= set(HANDLERS)
