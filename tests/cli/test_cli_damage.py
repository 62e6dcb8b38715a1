"""What is lost, older, changed or not for everybody's eyes: said with its exit code, and nothing is changed."""

import hashlib
import json
import signal
import unicodedata
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from processes import House, copy_of, ojak, secrets_file
from real_vault import FLOOR, PASSWORD, WORDS

from ojakgyo.apps.chronicle import audit, guards
from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Damaged
from ojakgyo.store import whole
from ojakgyo.store.sqlcipher.pool import pool

PAGE = 4_096
TAG = 64
IV = 16


def everything(home: Path) -> dict[str, bytes]:
    """What the vault holds; the log and the lock may change."""
    return {each.name: each.read_bytes() for each in home.iterdir() if each.name.startswith("vault.")}


def test_a_lost_wal_is_seen_against_the_anchor(vault):
    """Killed after an anchor; then the newest pages of the database are gone."""
    with House("serve", "--secrets-file", vault.secrets(), home=vault.home) as house:
        house.wait()
        house.stop(signal.SIGKILL)
    assert (vault.home / "vault.db-wal").stat().st_size > 0
    kept = copy_of(vault.home, vault.folder / "kept")
    (vault.home / "vault.db-wal").unlink()
    (vault.home / "vault.db-shm").unlink(missing_ok=True)
    for command in (("audit", "verify"), ("doctor",), ("serve",)):
        done = ojak(*command, "--secrets-file", vault.secrets(), home=vault.home)
        assert done.code == 4 and "vault.rolled_back" in done.prose, done
    whole = ojak("audit", "verify", "--secrets-file", vault.secrets(), home=kept)
    assert whole.code == 0, "with it, the same vault is whole"


def test_an_older_vault_file_is_known_as_older(vault):
    before = (vault.home / "vault.json").read_bytes()
    shares = vault.secrets(*vault.shares[:2])
    given = ojak("recover", "words", "--secrets-file", shares, "--json", home=vault.home, program=FLOOR)
    assert given.code == 0, given.prose
    (vault.home / "vault.json").write_bytes(before)
    done = ojak("audit", "verify", "--secrets-file", vault.secrets(), home=vault.home)
    assert done.code == 4 and "vault.header_old" in done.prose


def test_an_older_vault_file_is_refused_before_the_database_is_sealed_anew_or_brought_up_to_date(vault):
    """Whoever puts back a file that still promises new keys gets the database as it was."""
    file = vault.home / "vault.json"
    before, words = file.read_bytes(), vault.secrets(*vault.shares[:2])
    for _ in range(2):
        assert ojak("recover", "words", "--secrets-file", words, "--json", home=vault.home, program=FLOOR).code == 0
    file.write_bytes(before)
    header.rotate_ring(vault.home, header.unseal(vault.home, WORDS).ring)
    assert header.unseal(vault.home, WORDS).ring.before["db"]
    left = everything(vault.home)
    done = ojak("doctor", "--secrets-file", vault.secrets(), home=vault.home)
    assert done.code == 4 and "vault.header_old" in done.prose
    assert everything(vault.home) == left


def test_a_vault_file_with_any_byte_flipped_or_missing_is_refused_and_left_as_it_is(vault):
    file = vault.home / "vault.json"
    whole = file.read_bytes()
    middle, end = len(whole) // 2, len(whole) - 2
    for broken in (
        whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        whole[:end] + whole[end + 1 :],
    ):
        file.write_bytes(broken)
        done = ojak("doctor", "--secrets-file", vault.secrets(), home=vault.home)
        assert done.code == 4 and "vault.damaged" in done.prose
        assert file.read_bytes() == broken
    file.write_bytes(whole)


def closed():
    connections.close_all()
    pool.drain()


def is_found() -> bool:
    """Refused at the opening, or seen by `doctor --deep`."""
    try:
        guards.check()
        audit.head()
        whole.check()
    except (Damaged, DatabaseError):
        return True
    finally:
        closed()
    return False


def test_a_byte_that_flips_in_any_page_of_the_database_is_found(database):
    """Salt, the sealed rows, the IV, the tag: one byte at a time; all four in the first and last page, else one."""
    closed()
    assert not is_found()
    data = database.read_bytes()
    assert len(data) % PAGE == 0 and len(data) // PAGE > 50
    within = [("first", 0), ("middle", PAGE // 2), ("IV", PAGE - TAG - IV), ("tag", PAGE - 1)]
    pages = range(len(data) // PAGE)
    missed = []
    with database.open("r+b", buffering=0) as file:
        for page in pages:
            for name, place in within if page in (pages[0], pages[-1]) else [within[page % len(within)]]:
                at = page * PAGE + place
                file.seek(at)
                file.write(bytes([data[at] ^ 1]))
                if not is_found():
                    missed.append((page, name))
                file.seek(at)
                file.write(data[at : at + 1])
    assert not missed
    assert database.read_bytes() == data and not is_found()


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 1024), ("rounds", 1), ("memory_kib", 1 << 30), ("lanes", 99)]
)
def test_a_derivation_made_cheap_or_endless_is_refused(vault, name, value):
    """With its digest made good again, as somebody would who meant it."""
    file = vault.home / "vault.json"
    fields = json.loads(file.read_bytes())
    fields["kdf"][name] = value
    fields.pop("sha256")
    written = lambda held: json.dumps(held, sort_keys=True, indent=1, ensure_ascii=True).encode() + b"\n"  # noqa: E731
    file.write_bytes(written({**fields, "sha256": hashlib.sha256(written(fields)).hexdigest()}))
    done = ojak("doctor", "--secrets-file", vault.secrets(), home=vault.home)
    assert done.code == 4 and "vault.parameters" in done.prose


def test_a_file_of_secrets_that_others_may_read_is_not_looked_at(vault):
    secrets = Path(vault.secrets())
    secrets.chmod(0o640)
    for command in (("serve",), ("recover", "words")):
        done = ojak(*command, "--secrets-file", str(secrets), home=vault.home)
        assert done.code == 1 and "vault.secrets_readable" in done.prose, command


@pytest.mark.slow
@pytest.mark.parametrize("written", ["", "\n\n", None])
def test_a_file_of_secrets_without_words_is_said(vault, written):
    file = vault.folder / "none"
    if written is not None:
        secrets_file(vault.folder)
        file.touch(0o600)
        file.write_text(written)
    done = ojak("doctor", "--secrets-file", str(file), home=vault.home)
    assert done.code == 3 and "vault.words_wanted" in done.prose


@pytest.mark.slow
def test_words_from_a_mac_open_what_was_made_elsewhere(vault, tmp_path):
    """Its keyboards take letters apart (NFD); what counts is what they look like."""
    together = "버들 여울 하늘 보람 나래 다솜 서리 노을"
    apart = unicodedata.normalize("NFD", together)
    assert apart != together
    secrets = secrets_file(tmp_path, *(f"shares = {json.dumps(list(vault.shares[:2]))}", f'new_passphrase = "{apart}"'))
    assert ojak("recover", "words", "--secrets-file", str(secrets), home=vault.home).code == 0
    for words in (together, apart):
        assert ojak("audit", "verify", "--secrets-file", vault.secrets(words), home=vault.home).code == 0


@pytest.mark.slow
def test_a_wrong_passphrase_changes_nothing(vault):
    before = everything(vault.home)
    for words in ("other words than these", PASSWORD[:-1], WORDS.upper()):
        done = ojak("audit", "verify", "--secrets-file", vault.secrets(words), home=vault.home)
        assert done.code == 3 and "vault.wrong_passphrase" in done.prose
    assert everything(vault.home) == before
