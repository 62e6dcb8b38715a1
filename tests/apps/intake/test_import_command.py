"""`ojak import`: what the running desk does for it, and what it says."""

import base64
import json

import pytest
import typer.testing
from test_intake_pages import HELPERS, person
from world import told

from ojakgyo.apps.intake.models import Batch, BatchState
from ojakgyo.apps.vault.seats import seats
from ojakgyo.cli import importing as command
from ojakgyo.cli.root import app
from ojakgyo.domain import facts
from ojakgyo.domain.errors import Refused
from ojakgyo.runner import importing

HANEUL = {"officer": "Haneul", "password": "of Haneul", "code": ""}


def asked(written: str | bytes, **more):
    data = written.encode() if isinstance(written, str) else written
    return {"file": base64.b64encode(data).decode(), "name": "list.csv", **HANEUL, **more}


def test_a_file_is_read_applied_and_taken_back(night):
    *said, last = importing.read(asked(HELPERS))
    assert said == []
    assert last["counts"] == {"people": 3, "lines": 2}
    (applied,) = importing.apply({"batch": last["batch"], **HANEUL})
    assert applied["people"] == 3
    assert person("까치") is not None
    (*_, undone) = importing.undo({"batch": last["batch"], **HANEUL})
    assert (undone["removed"], undone["kept"]) == (5, 0)
    assert person("까치") is None
    assert seats.present() == () or all(seat.officer != night.officer("Haneul") for seat in seats.present())
    assert len(told(facts.SignedIn)) == len(told(facts.SessionEnded)) == 3


def test_a_dry_run_keeps_nothing_and_names_places_only(night):
    *said, last = importing.read(asked(HELPERS + "서리-77,X-9,,\n", dry_run=True))
    assert [(each["row"], each["column"]) for each in said] == [(5, "B")]
    assert "batch" not in last
    assert not Batch.objects.exclude(state=BatchState.DROPPED, content=None).exists()
    assert "지어낸" not in json.dumps([*said, last], ensure_ascii=False)


def test_whoever_tries_out_whose_phones_are_here_is_seen_to_have_tried(night):
    """Narae asks, in a dry run, about phones of people whose cell she does not hold."""
    phones = "".join(f"두루미,+86139123456{number}\n" for number in range(70, 77))
    narae = {"officer": "Narae", "password": "of Narae"}
    list(importing.read(asked("holder,phone\n" + phones, dry_run=True, **narae)))
    (staged,) = told(facts.FileStaged)
    assert staged.rows == 7
    assert [each.batch for each in told(facts.BatchDropped)] == [staged.batch]


def test_letters_that_are_not_sure_are_shown_and_nothing_is_taken(night):
    with pytest.raises(Refused) as refused:
        list(importing.read(asked(HELPERS.encode("cp949"))))
    assert refused.value.code == "intake.unsure"
    (*_, last) = importing.read(asked(HELPERS.encode("cp949"), encoding="cp949"))
    assert last["encoding"] == "cp949"


def test_what_the_columns_are_may_be_said(night):
    said = {"*": {"kind": "helpers", "columns": {"가명": "code_name", "B": "cell"}}}
    (*_, last) = importing.read(asked(HELPERS, map=json.dumps(said)))
    assert last["counts"] == {"people": 3}
    for wrong in ("no json", "[]", json.dumps({"*": {"kind": "helpers", "columns": {"Z": "cell"}}})):
        with pytest.raises(Refused):
            list(importing.read(asked(HELPERS, map=wrong)))


def test_a_wrong_password_reads_nothing(night):
    with pytest.raises(Refused):
        list(importing.read({**asked(HELPERS), "password": "of somebody"}))
    assert not Batch.objects.exists()


def test_the_command_ends_with_1_where_a_row_has_to_be_corrected(night, monkeypatch, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(HELPERS + "서리-77,X-9,,\n")
    monkeypatch.setattr(command, "_acts", lambda *_: HANEUL)
    monkeypatch.setattr(command, "ask_or_open", lambda at, secrets, do, **more: importing.HANDLERS[do](more))
    ran = typer.testing.CliRunner().invoke(app, ["import", str(file), "--officer", "Haneul", "--dry-run"])
    assert ran.exit_code == 1, ran.output
    assert "row 5, column B" in ran.output
    assert typer.testing.CliRunner().invoke(app, ["import", "else", "b_0000000000005"]).exit_code == 2
