"""`ojak init`: asked first, then made, whole or not at all."""

import json
import stat
import tomllib

import pytest
from keyboard import Keyboard, words_in
from processes import ojak, secrets_file
from real_vault import ANSWERS, FLOOR, PASSWORD, WORDS, init

from ojakgyo.apps.vault import header
from ojakgyo.domain.facts import SlotKind
from ojakgyo.domain.sealing import organisation, shares


@pytest.fixture
def at(tmp_path):
    """A keyboard in front of `ojak init` in English, and the home it is for."""
    home = tmp_path / "home"
    return Keyboard(FLOOR, "init", home=home), home


def go_through(board, *, passphrase="", password="", officer="Haneul", language="en", strange=""):
    """Answer everything up to the shares; the shares as they were shown."""
    board.answer("Language (ko, en)", language)
    board.answer("Passphrase", passphrase)
    if passphrase:
        board.answer("once more", passphrase)
    else:
        board.answer("clears the screen")
    board.answer("Password", password)
    if password:
        board.answer("once more", password)
    else:
        board.answer("clears the screen")
    if strange:
        board.answer("Code name of the first officer", strange)
        board.wait("This is not a word of our list.")
    board.answer("Code name of the first officer", officer)
    for asked in ("Its side", "Its number", "Number of the area"):
        board.answer(asked)
    shown = []
    for number in (1, 2, 3):
        board.wait(f"Share {number} of 3. Any 2 open everything.")
        shown.append(" ".join(words_in(board.answer("clears the screen").partition("Write it on paper")[0])))
    return shown


def test_a_vault_is_made_by_somebody_at_the_keyboard(at):
    board, home = at
    shown = go_through(board, passphrase=WORDS, password=PASSWORD, officer="샛별", strange="Nobody")
    assert not home.exists(), "nothing is written before the questions are answered"
    number = _number(board)
    assert board.seen.count("\x1b[2J\x1b[3J") >= 4, "the screen is cleared, and what could be scrolled back to"
    board.type(" ".join(word[:4] for word in shown[number - 1].split()))
    assert board.end() == 0
    assert "ojak serve" in board.seen
    secret = shares.combine(shown[:2])
    opened = header.unseal_by_secret(home, secret)
    assert header.unseal(home, WORDS).ring == opened.ring
    assert header.unseal(home, PASSWORD).keys is not None, "the first officer opens the vault too"
    assert tomllib.loads((home / "ojak.toml").read_text()) == {"house": {"language": "en"}}
    assert WORDS not in board.seen and PASSWORD not in board.seen
    assert ojak("doctor", "--deep", "--secrets-file", str(secrets_file(home.parent, WORDS)), home=home).code == 1


def _number(board) -> int:
    """Which share is to be typed back."""
    board.wait("Type share ")
    number = int(board.wait(" back"))
    board.wait(": ")
    return number


@pytest.mark.slow
def test_a_slip_in_the_share_that_is_typed_back_is_named_by_its_place(at):
    board, home = at
    shown = go_through(board, passphrase=WORDS, password=PASSWORD)
    number = _number(board)
    words = shown[number - 1].split()
    board.type(" ".join([*words[:6], "acid" if words[6] != "acid" else "acne", *words[7:]]))
    assert "(word 7)" in board.wait("Type share")
    board.wait(": ")
    board.type(" ".join(words))
    assert board.end() == 0
    assert home.exists()


def test_ctrl_c_leaves_nothing_behind(at):
    board, home = at
    go_through(board, passphrase=WORDS, password=PASSWORD)
    _number(board)
    board.interrupt()
    assert board.end() != 0
    assert [each.name for each in home.parent.iterdir()] == ["home.runtime"]


@pytest.mark.slow  # those words open the house in the story of the ceremony
def test_words_drawn_by_lot_are_shown_once_and_open_the_vault(at):
    board, home = at
    board.answer("Language (ko, en)", "en")
    board.answer("Passphrase")
    words = board.answer("clears the screen").splitlines()
    (passphrase,) = [line.strip() for line in words if len(line.split()) == 6 and line.startswith("    ")]
    board.answer("Password")
    words = board.answer("clears the screen").splitlines()
    (password,) = [line.strip() for line in words if len(line.split()) == 6 and line.startswith("    ")]
    board.answer("Code name of the first officer", "Nobody")
    board.answer("Code name of the first officer", "샛별")
    assert "This is not a word of our list." in board.seen
    for asked in ("Its side", "Its number", "Number of the area"):
        board.answer(asked)
    shown = {}
    for number in (1, 2, 3):
        board.wait(f"Share {number} of 3")
        shown[number] = words_in(board.answer("clears the screen").partition("Write it on paper")[0])
    number = _number(board)
    board.type(" ".join(shown[number]))
    assert board.end() == 0
    assert header.unseal(home, passphrase).keys is None
    assert header.unseal(home, password).keys is not None


@pytest.mark.slow
def test_weak_words_are_refused_and_asked_for_again(at):
    board, home = at
    board.answer("Language (ko, en)", "en")
    board.answer("Passphrase", "two words")
    board.wait("This passphrase is too short.")
    board.answer("Passphrase", WORDS)
    board.answer("once more", WORDS + " x")
    board.answer("Passphrase", WORDS)
    board.answer("once more", WORDS)
    board.answer("Password", "short")
    board.wait("This password is too short.")
    board.interrupt()
    board.end()
    assert not home.exists()


def test_the_questions_follow_the_language(at):
    board, home = at
    board.answer("Language (ko, en)", "fr")
    board.answer("Language (ko, en)", "ko")
    board.wait("여는 말")
    board.interrupt()
    board.end()
    assert not home.exists()


# From files ----------------------------------------------------------------------------------------------------------


def test_a_machine_makes_a_vault_from_two_files(vault):
    file = header.label(vault.home)
    assert [slot.kind for slot in file.slots] == [SlotKind.PASSPHRASE, SlotKind.SHARES, SlotKind.OPENER]
    assert file.anchor is not None and not file.demo
    told = ojak("chronicle", "--secrets-file", vault.secrets(), "--json", home=vault.home).lines
    kinds = [each["kind"] for each in told]
    assert kinds[0] == "vault.founded" and {"network.area_recorded", "vault.cell_founded"} <= set(kinds)
    assert [each["fields"]["role"] for each in told if each["kind"] == "vault.role_given"] == [
        "coordinator",
        "opener",
        "safety",
    ]
    granted = [each["fields"]["officer"] for each in told if each["kind"] == "vault.key_granted"]
    assert len(granted) >= 1


def test_any_two_shares_open_it_and_one_does_not(vault):
    for pair in ((0, 1), (1, 2), (2, 0)):
        secret = shares.combine([vault.shares[place] for place in pair])
        assert header.unseal_by_secret(vault.home, secret).ring == header.unseal(vault.home, WORDS).ring
        assert organisation.keys(secret).officer == 0


def test_nothing_that_opens_the_vault_lies_in_it(vault):
    secret = shares.combine(vault.shares[:2])
    looked_for = [each.encode() for each in (WORDS, PASSWORD, secret.hex(), *vault.shares)] + [secret]
    files = [each for each in vault.home.rglob("*") if each.is_file()]
    assert {"vault.json", "vault.db", "ojak.log", "ojak.toml"} <= {each.name for each in files}
    assert not [each.name for each in files for found in looked_for if found in each.read_bytes()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


@pytest.mark.slow
def test_two_plain_lines_are_passphrase_and_password(tmp_path):
    secrets = secrets_file(tmp_path, WORDS, PASSWORD)
    done = init(
        "--officer", "Haneul", "--shares", "3of5", "--secrets-file", str(secrets), "--json", home=tmp_path / "home"
    )
    assert (done.code, len(done.lines[0]["shares"])) == (0, 5)
    assert set(done.lines[0]) == {"home", "officer", "shares"}
    assert header.unseal(tmp_path / "home", WORDS)


@pytest.mark.slow
def test_what_is_in_no_file_is_drawn_and_said_once(tmp_path):
    (tmp_path / "answers.toml").write_text(ANSWERS)
    done = init("--answers", str(tmp_path / "answers.toml"), "--json", home=tmp_path / "home")
    told = done.lines[0]
    assert len(told["passphrase"].split()) == len(told["password"].split()) == 6
    assert header.unseal(tmp_path / "home", told["passphrase"])


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ('officer = "Nobody"\n', "vault.code_name_unlisted"),
        ('officer = "Haneul"\nside = "X"\nnumber = 1\narea = 1\n', "key=side"),
        ('officer = "Haneul"\nside = "N"\nnumber = 0\narea = 1\n', "key=number"),
        ('officer = "Haneul"\nside = "N"\nnumber = 1\n', "key=area"),
        ('officer = "Haneul"\nshares = "1of1"\n', "key=shares"),
        ('officer = "Haneul"\nshares = "4of3"\n', "key=shares"),
        ('officer = "Haneul"\nlanguage = "fr"\n', "key=language"),
        ('officer = "Haneul"\nzone = "Asia/Tokyo"\n', "key=zone"),
        ('officer = "Haneul"\npassphrase = "x"\n', "key=passphrase"),
        ("language = 'en'\n", "key=officer"),
        ("not toml", "vault.answers_unreadable"),
    ],
)
def test_an_answer_that_does_not_hold_is_named_and_nothing_is_made(tmp_path, answers, said):
    (tmp_path / "answers.toml").write_text(answers)
    done = init("--answers", str(tmp_path / "answers.toml"), home=tmp_path / "home")
    assert done.code == 1 and said in done.prose
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["short words", PASSWORD], "vault.passphrase_short"),
        ([WORDS, "short"], "vault.password_short"),
        ([WORDS], "vault.words_wanted"),
        (['pasphrase = "a slip of the pen"'], "key=secrets-file"),
    ],
)
def test_secrets_that_do_not_hold_are_refused_and_nothing_is_made(tmp_path, lines, said):
    secrets = secrets_file(tmp_path, *lines)
    done = init("--officer", "Haneul", "--secrets-file", str(secrets), home=tmp_path / "home")
    assert done.code in (1, 3) and said in done.prose
    assert not (tmp_path / "home").exists()


def test_a_home_with_a_vault_or_what_is_left_of_one_is_left_alone(vault):
    for gone in (None, "vault.json"):
        if gone:
            (vault.home / gone).unlink()
        before = {each.name: each.read_bytes() for each in vault.home.iterdir() if each.is_file()}
        done = init("--officer", "Haneul", "--secrets-file", vault.secrets(WORDS, PASSWORD), home=vault.home)
        assert done.code == 1 and "vault.exists" in done.prose
        assert {each.name: each.read_bytes() for each in vault.home.iterdir() if each.is_file()} == before


@pytest.mark.slow
def test_settings_that_lie_in_the_home_already_stay(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "ojak.toml").write_text('[wake]\nsmtp_host = "mail.invalid"\n')
    secrets = secrets_file(tmp_path, WORDS, PASSWORD)
    assert init("--officer", "Haneul", "--secrets-file", str(secrets), home=home).code == 0
    assert "mail.invalid" in (home / "ojak.toml").read_text()


def test_nobody_at_the_keyboard_and_no_file_is_refused(tmp_path):
    assert init("--officer", "Haneul", home=tmp_path / "home").code == 3
    assert not (tmp_path / "home").exists()


# The sheet -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shares.pdf", "shares.txt"])
def test_the_sheet_is_its_owners_alone_and_never_written_over(tmp_path, name):
    secrets, sheet = secrets_file(tmp_path, WORDS, PASSWORD), tmp_path / name
    words = ("--officer", "Haneul", "--secrets-file", str(secrets), "--print", str(sheet), "--json")
    done = init(*words, home=tmp_path / "home")
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    data = sheet.read_bytes()
    if name.endswith(".pdf"):
        assert data.startswith(b"%PDF-") and data.count(b"/Type /Page\n") == 3
    else:
        pages = [" ".join(words_in_sheet(page)) for page in data.decode().split("\f")]
        assert pages == list(done.lines[0]["shares"])
    again = init(*words, home=tmp_path / "other")
    assert again.code == 1 and "house.not_written" in again.prose
    assert sheet.read_bytes() == data and not (tmp_path / "other").exists()


def words_in_sheet(page: str) -> list[str]:
    return words_in("\n".join(line for line in page.splitlines() if line[:3].strip().isdigit()))


@pytest.mark.slow
def test_a_sheet_goes_with_a_vault_that_could_not_be_made(tmp_path):
    secrets, sheet = secrets_file(tmp_path, WORDS, PASSWORD), tmp_path / "shares.txt"
    (tmp_path / "file").write_text("")
    words = ("--officer", "Haneul", "--secrets-file", str(secrets), "--print", str(sheet))
    done = init(*words, home=tmp_path / "file")
    assert done.code == 1 and "house.not_written" in done.prose
    assert not sheet.exists()


@pytest.mark.slow
def test_a_file_of_secrets_is_json_for_nobody(tmp_path):
    """What comes out as JSON comes once, and the words that were handed in do not come back."""
    secrets = secrets_file(tmp_path, WORDS, PASSWORD)
    done = init("--officer", "Haneul", "--secrets-file", str(secrets), "--json", home=tmp_path / "home")
    assert WORDS not in json.dumps(done.lines) + done.prose and PASSWORD not in json.dumps(done.lines) + done.prose
