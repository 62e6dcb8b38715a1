"""Half-typed forms and the scratch line: laid by as they are typed, offered back to their officer with keys in hand."""

import pytest
from django.test import Client

from ojakgyo.apps.vault.drawers import SCRATCH, drawers, forget_scratch
from ojakgyo.apps.vault.seats import seats

TYPED = "버들 48390"


class Visitor(Client):
    def __init__(self, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.officer = officer
        self.enters()

    def enters(self) -> None:
        self.post("/enter/", {"code_name": self.officer, "password": f"of {self.officer}"})
        self.post("/language/", {"language": "en", "next": "/now/"})

    def types(self, form: str = "log", to: str = "/log/", **fields: str) -> None:
        assert self.post(f"/drafts/{form}/", {"_to": to, **fields}).status_code == 204

    def offered(self, form: str = "log") -> str:
        return self.get(f"/drafts/_part/{form}/").content.decode()

    def loses_the_keys(self) -> None:
        for seat in seats.present():
            seats.put_down(seat.id)


@pytest.fixture
def haneul(night):
    drawers.clear()
    yield Visitor("Haneul")
    drawers.clear()
    seats.clear()


def test_what_was_half_typed_is_offered_back_after_a_reload_and_a_crash(night, haneul):
    haneul.types(line=TYPED)
    assert TYPED in haneul.offered()
    assert TYPED in Visitor("Haneul").offered()  # a new browser, the old session still standing


def test_another_officer_is_offered_nothing(night, haneul):
    haneul.types(line=TYPED)
    assert Visitor("Boram").offered() == ""


def test_with_the_keys_down_it_can_be_laid_by_and_not_taken_up(night, haneul):
    haneul.loses_the_keys()
    haneul.types(line=TYPED)
    assert haneul.offered() == ""
    haneul.enters()
    assert TYPED in haneul.offered()


def test_no_draft_lies_readable_in_memory(night, haneul):
    haneul.types(line=TYPED)
    (laid,) = drawers._laid[night.officer("Haneul")].values()
    assert TYPED.encode() not in laid.blob


def test_a_form_that_succeeds_takes_its_draft_along_and_one_that_is_refused_keeps_it(night, haneul):
    haneul.types("report", to="/scratch/", about="버들")
    haneul.post("/scratch/", {"line": "x"})
    assert haneul.offered("report") == ""
    haneul.types(line="somebody else 000000")
    assert haneul.post("/log/", {"line": "nobody"}).status_code == 422
    assert "somebody else" in haneul.offered()


def test_an_emptied_form_has_no_draft_and_too_long_a_one_neither(night, haneul):
    haneul.types(line=TYPED)
    haneul.types(line="")
    assert haneul.offered() == ""
    haneul.types(line="가" * 20_000)
    assert haneul.offered() == ""


def test_a_password_is_never_laid_by(night, haneul):
    haneul.types("person", name="x", password="of Haneul")
    assert "of Haneul" not in haneul.offered("person")


def test_no_secret_is_laid_by_whatever_a_page_sends_and_a_code_name_is(night, haneul):
    secret = ("password_again", "password", "own_password", "Password2", "pin", "pin_again", "code", "code_again")
    haneul.types("person", code_name="까치-7", **dict.fromkeys(secret, "of Haneul"))
    offered = haneul.offered("person")
    assert "까치-7" in offered
    assert "of Haneul" not in offered and not [each for each in secret if f'"{each}"' in offered]


def test_locking_empties_the_drawer(night, haneul):
    haneul.types(line=TYPED)
    haneul.post("/lock/")
    haneul.enters()
    assert haneul.offered() == ""


def test_the_scratch_line_stands_on_every_page_and_dies_at_shift_end(night, haneul):
    haneul.post("/scratch/", {"line": "ring Boram at nine", "next": "/log/"})
    assert 'value="ring Boram at nine"' in haneul.get("/log/").content.decode()
    assert "ring Boram" not in Visitor("Boram").get("/log/").content.decode()
    haneul.loses_the_keys()
    assert "ring Boram" not in haneul.get("/now/").content.decode()
    haneul.enters()
    assert "ring Boram" in haneul.get("/now/").content.decode()
    forget_scratch(night.desk("Haneul"))
    assert "ring Boram" not in haneul.get("/now/").content.decode()


def test_an_emptied_scratch_line_is_gone(night, haneul):
    haneul.post("/scratch/", {"line": "one"})
    haneul.post("/scratch/", {"line": "  "})
    assert drawers.find(night.officer("Haneul"), SCRATCH) is None


def test_what_is_no_form_of_the_desk_is_not_laid_by(night, haneul):
    assert haneul.post("/drafts/diary/", {"line": "x"}).status_code == 404
