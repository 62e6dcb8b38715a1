"""The tutorial "From init to the first officer", done by somebody at a keyboard, a pen in hand and a browser beside."""

import re
import secrets
from pathlib import Path

import httpx
from keyboard import Keyboard, words_in
from processes import OJAK, House, copy_of, ojak, secrets_file
from real_vault import FLOOR, TOKEN, type_in

from ojakgyo.apps.vault import header
from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import vault_file
from ojakgyo.store import rekeying

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorials" / "from-init-to-first-officer.md"


def drawn(board: Keyboard) -> str:
    """Six words on a cleared screen, written down; then Enter."""
    (words,) = re.findall(r"^    ((?:[a-z]+ ){5}[a-z]+)$", board.answer("clears the screen"), re.MULTILINE)
    return words


def ceremony(home: Path) -> tuple[str, str, list[str]]:
    """Passphrase, password and shares, as they stand on five sheets of paper."""
    board = Keyboard(FLOOR, "init", home=home)
    board.answer("Language (ko, en)", "en")
    board.answer("Passphrase")
    passphrase = drawn(board)
    board.answer("Password")
    password = drawn(board)
    board.answer("Code name of the first officer", "Haneul")
    for asked in ("Its side", "Its number", "Number of the area"):
        board.answer(asked)
    shares = []
    for number in (1, 2, 3):
        board.wait(f"Share {number} of 3")
        shares.append(" ".join(words_in(board.answer("clears the screen").partition("Write it on paper")[0])))
    board.wait("Type share ")
    number = int(board.wait(" back"))
    board.wait(": ")
    assert not home.exists()
    board.type(" ".join(word[:4] for word in shares[number - 1].split()))
    assert board.end() == 0
    return passphrase, password, shares


def recovered(home: Path, shares: list[str]) -> str:
    """The new password of Haneul, by two shares typed at the keyboard."""
    board = Keyboard(OJAK, "recover", "officer", "Haneul", home=home)
    board.answer("Share 1, from the paper", "abbey " + shares[0])
    board.wait("(share 1)")
    for number, share in enumerate(shares, start=1):
        board.answer(f"Share {number}, from the paper", share)
    board.wait("Write it down; it is not shown again.")
    password = board.wait("Type it back").strip()
    board.wait(": ")
    board.type(password)
    board.wait("Cells granted: 1")
    assert board.end() == 0
    return password


def test_a_stranger_follows_the_tutorial(tmp_path):
    home = tmp_path / "home"
    first = ojak("doctor", home=home)
    assert first.code == 1 and "There is no vault in this folder." in first.prose
    passphrase, password, shares = ceremony(home)

    with House("serve", home=home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as browser:
        assert type_in(browser, password).headers["location"] == "/"
        assert browser.get("/now/").status_code == 200
        looked = ojak("doctor", "--json", home=home)
        assert [each["check"] for each in looked.lines if not each["ok"]] == [
            "safety officers who can be woken",
            "newest backup",
        ]
        assert "The chain holds" in ojak("audit", "verify", home=home).prose
        assert ojak("seal", home=home).code == 0
        assert browser.get("/now/").status_code == 503
        assert type_in(browser, password).status_code == 302

    fresh = recovered(home, shares[1:])
    assert fresh != password
    with House("serve", home=home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as browser:
        assert type_in(browser, password).status_code == 503, "the old one opens nothing"
        assert type_in(browser, fresh).status_code == 302
        page = browser.get("/now/")
        assert page.status_code == 200 and TOKEN.search(page.text)
    with House("serve", home=home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as browser:
        assert type_in(browser, passphrase).status_code == 302
        assert browser.get("/now/").headers["location"] == "/enter/"


def test_a_vault_without_shares_is_given_its_first_set(founded, tmp_path):
    """As one of an earlier release."""
    home, words = copy_of(founded.home, tmp_path / "home"), (founded.home / "demo.key").read_text().strip()
    take_the_shares_away(home, words)
    given = ojak("recover", "shares", "--json", home=home)
    assert given.code == 0, given.prose
    held = secrets_file(tmp_path, *given.lines[0]["shares"][:2])
    fresh = ojak("recover", "words", "--secrets-file", str(held), "--json", home=home).lines[0]["passphrase"]
    assert ojak("audit", "verify", "--secrets-file", str(secrets_file(tmp_path, fresh)), home=home).code == 0
    assert ojak("audit", "verify", "--secrets-file", str(secrets_file(tmp_path, words)), home=home).code == 3


def take_the_shares_away(home: Path, words: str) -> None:
    """No slot of theirs in vault.json, and no keys of an organisation in the database."""
    file, ring = header.label(home), header.unseal(home, words).ring
    left = tuple(slot for slot in file.slots if slot.kind is not SlotKind.SHARES)
    after = vault_file.renewed(file, ring, left, secrets.token_bytes)
    header.replace(home / header.NAME, vault_file.written(after))
    database = rekeying._connected(home / "vault.db", ring.db)
    for table in ("vault_organisationgrant", "vault_organisation"):
        database.execute(f"DELETE FROM {table}")
    database.commit()
    database.close()


def test_the_commands_of_the_tutorial_are_the_ones_that_were_typed():
    typed = {
        " ".join(said.split()[:2]) for said in re.findall(r"^    \./ojak (.+)$", TUTORIAL.read_text(), re.MULTILINE)
    }
    assert typed == {"init --home", "serve --home", "doctor --home", "audit verify", "seal --home", "recover officer"}
