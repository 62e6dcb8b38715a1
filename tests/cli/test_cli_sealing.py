"""`ojak seal`, the gate that follows it, and where no key may be found afterwards; commands that ask the running desk."""

import os
import re
import socket
from pathlib import Path

import httpx
import pytest
from processes import House, ojak
from real_vault import PASSWORD, WORDS, type_in

from ojakgyo.apps.vault import header
from ojakgyo.cli import homes
from ojakgyo.cli.serving import closed
from ojakgyo.domain.sealing import grants, organisation, shares
from ojakgyo.domain.sealing.officers import PublicKeys
from ojakgyo.domain.sealing.ring import KEYS
from ojakgyo.store import rekeying


def command_line(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")[:-1]


def in_memory(pid: int, wanted: list[bytes]) -> set[bytes]:
    """Which of these bytes lie anywhere in what a process has mapped to write."""
    found: set[bytes] = set()
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            begin, end = (int(each, 16) for each in span.split("-"))
            try:
                memory.seek(begin)
                data = memory.read(end - begin)
            except (OSError, ValueError):
                continue
            found |= {each for each in wanted if each in data}
    return found


def test_after_seal_no_process_holds_a_key_and_the_gate_stands_at_the_same_address(vault):
    """T5. The process is another program image; its number, its port and its lock are the same."""
    ring = header.unseal(vault.home, WORDS).ring
    keys = [getattr(ring, name) for name in (*KEYS, "root")]
    keys += [ring.db.hex().encode(), WORDS.encode()]
    with House("serve", "--secrets-file", vault.secrets(), home=vault.home) as house:
        house.wait()
        pid = house.process.pid
        assert ring.db in in_memory(pid, keys), "an open house holds its keys; else this test sees nothing"
        with httpx.Client(base_url=house.url, timeout=60) as visitor:
            assert visitor.get("/health/ready").status_code == 200
            done = ojak("seal", "--json", home=vault.home)
            assert (done.code, done.lines) == (0, [{"sealed": True}])
            assert in_memory(pid, keys) == set(), "the command returns once the keys are gone"
            gate = visitor.get("/")
            assert gate.status_code == 503 and 'name="words"' in gate.text
        assert house.process.poll() is None
        assert command_line(pid)[-1] == "--sealed" and "--secrets-file" not in command_line(pid)
        assert in_memory(pid, keys) == set()
        assert ojak("serve", "--port", str(house.port + 1), home=vault.home).code == 1
        with httpx.Client(base_url=house.url, timeout=60) as visitor:
            assert type_in(visitor, WORDS).status_code == 302
            assert visitor.get("/health/ready").status_code == 200
    assert ojak("audit", "verify", "--secrets-file", vault.secrets(), home=vault.home).code == 0


def test_an_open_house_where_nobody_sits_holds_no_key_of_a_cell(vault):
    """T25: whoever reads its memory has the ring, and no cell until somebody signs in."""
    ring, seed = header.unseal(vault.home, WORDS).ring, seed_of_the_cell(vault)
    with House("serve", home=vault.home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as visitor:
        assert type_in(visitor, WORDS).status_code == 302
        assert in_memory(house.process.pid, [ring.db, seed]) == {ring.db}, "its own key it does hold"


def seed_of_the_cell(vault) -> bytes:
    """As the shares open it, straight from the file."""
    ring, organisation_keys = header.unseal(vault.home, WORDS).ring, organisation.keys(shares.combine(vault.shares[:2]))
    database = rekeying._connected(vault.home / "vault.db", ring.db)
    cell, epoch, wrapped, giver, signature, exchange, signing = database.execute(
        "SELECT g.cell_id, g.epoch, g.wrapped, g.granted_by_id, g.signature, o.exchange_public, o.signing_public"
        " FROM vault_organisationgrant g JOIN vault_officer o ON o.id = g.granted_by_id"
    ).fetchone()
    database.close()
    given = (header.label(vault.home).vault, cell, epoch, organisation.ORGANISATION, wrapped, giver, signature)
    return grants.take(grants.Grant(*given), keys=organisation_keys, giver=PublicKeys(exchange, signing)).seed


@pytest.mark.slow
def test_a_visitor_who_comes_while_it_seals_waits_for_the_gate(vault):
    with House("serve", "--secrets-file", vault.secrets(), home=vault.home) as house:
        house.wait()
        assert ojak("seal", home=vault.home).code == 0
        assert httpx.get(house.url, timeout=60).status_code == 503, "no connection was refused"


@pytest.mark.slow
def test_an_openers_own_password_opens_the_house_and_sits_the_opener_down(vault):
    with House("serve", home=vault.home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as visitor:
        assert type_in(visitor, PASSWORD).headers["location"] == "/"
        assert visitor.get("/now/").status_code == 200
        signed_in = [each["kind"] for each in house.ask("chronicle")]
        assert signed_in[-1] == "vault.signed_in"


@pytest.mark.slow
def test_the_passphrase_opens_the_house_and_nobody_sits_there(vault):
    with House("serve", home=vault.home) as house, httpx.Client(base_url=house.wait().url, timeout=60) as visitor:
        assert type_in(visitor, WORDS).status_code == 302
        assert visitor.get("/now/").headers["location"] == "/enter/"


@pytest.mark.slow
def test_a_desk_that_is_closed_or_not_there_cannot_be_sealed(vault):
    assert "house.not_running" in ojak("seal", home=vault.home).prose
    with House("serve", home=vault.home) as house:
        house.wait()
        done = ojak("seal", home=vault.home)
        assert done.code == 1 and "house.not_running" in done.prose


def test_doctor_asks_the_desk_that_serves_and_needs_no_words(vault):
    alone = ojak("doctor", "--json", "--secrets-file", vault.secrets(), home=vault.home)
    with House("serve", "--secrets-file", vault.secrets(), home=vault.home) as house:
        house.wait()
        asked = ojak("doctor", "--deep", "--json", home=vault.home)
    assert asked.code == alone.code == 1  # nobody can be woken yet
    assert {each["check"] for each in alone.lines} < {each["check"] for each in asked.lines}
    assert ojak("doctor", home=vault.home).code == 3


@pytest.mark.slow
def test_another_desk_is_told_where_this_one_is(vault):
    with House("serve", home=vault.home) as house:
        house.wait()
        second = ojak("serve", home=vault.home)
        assert second.code == 1 and f"vault.in_use at={house.url}/" in second.prose


def test_a_port_in_use_is_said_before_anything_is_opened_or_built(vault, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        wrong = vault.secrets("words that would be refused later on")
        for words in (("serve", "--secrets-file", wrong), ("demo",)):
            home = vault.home if words[0] == "serve" else tmp_path / "practice"
            done = ojak(*words, "--port", port, home=home)
            assert done.code == 1 and f"house.port_in_use port={port}" in done.prose
            assert "Building" not in done.prose
    assert not (tmp_path / "practice" / "vault.db").exists()


def test_the_memory_of_a_house_is_its_own(vault):
    """T8: no core dump, and no other program of the same user may look into it."""
    with House("serve", "--secrets-file", vault.secrets(), home=vault.home) as house:
        house.wait()
        limits = Path(f"/proc/{house.process.pid}/limits").read_text()
        assert re.search(r"Max core file size +0 +0 ", limits)
        assert Path(f"/proc/{house.process.pid}/mem").stat().st_uid == 0, "no longer its user's"


def test_memory_can_be_kept_to_itself_twice():
    if os.fork() == 0:
        homes.keep_memory_to_itself()
        homes.keep_memory_to_itself()
        os._exit(0)
    assert os.wait()[1] == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["serve", "--home", "h", "--secrets-file", "s", "--port", "1"], ["serve", "--home", "h", "--port", "1"]),
        (["serve", "--secrets-file=s", "--json"], ["serve", "--json"]),
        (["serve", "--no-sealed"], ["serve"]),
        (["serve", "--sealed"], ["serve"]),
    ],
)
def test_a_house_begins_anew_closed_and_without_the_file_that_opened_it(typed, kept):
    assert closed(typed) == [*kept, "--sealed"]


def test_what_a_command_wrote_is_anchored_too(vault):
    """The database from before it, put back under the vault.json of afterwards, is known as older."""
    before = (vault.home / "vault.db").read_bytes()
    copies = vault.folder / "copies"
    copies.mkdir()
    assert ojak("backup", "--to", str(copies), "--secrets-file", vault.secrets(), home=vault.home).code == 0
    (vault.home / "vault.db").write_bytes(before)
    for end in ("-wal", "-shm"):
        (vault.home / f"vault.db{end}").unlink(missing_ok=True)
    done = ojak("audit", "verify", "--secrets-file", vault.secrets(), home=vault.home)
    assert done.code == 4 and "vault.rolled_back" in done.prose
