"""A backup opens with the programs of any Debian: age, tar, ssh-keygen, sqlite3. And this program brings it back whole."""

import hashlib
import json
import shutil
import sqlite3
import subprocess

import pytest
from needs import missing
from processes import OJAK, House, copy_of, ojak, secrets_file, surroundings
from real_vault import WORDS, made_once

PROGRAMS = ("age", "tar", "ssh-keygen", "sqlite3")


@pytest.fixture(scope="module")
def programs():
    for program in PROGRAMS:
        if not shutil.which(program):
            missing(program)


@pytest.fixture(scope="module")
def vault(tmp_path_factory, programs):
    """A real vault, its shares, and a backup of it."""
    folder = tmp_path_factory.mktemp("house")
    made, shares = made_once(tmp_path_factory)
    home, shelf = copy_of(made, folder / "home"), folder / "shelf"
    secrets = secrets_file(folder, WORDS)
    shelf.mkdir()
    written = ojak("backup", "--to", str(shelf), "--secrets-file", str(secrets), "--json", home=home)
    assert written.code == 0, written.prose
    return Vault(home, shelf, secrets, shares, written.lines[-1]["signer"])


class Vault:
    def __init__(self, home, shelf, secrets, shares, signer):
        self.home, self.shelf, self.secrets, self.shares, self.signer = home, shelf, secrets, shares, signer

    def file(self, part):
        (found,) = self.shelf.glob(f"*-{part}-1.age")
        return found

    def restore(self, folder, *, data=None, keys=None, shares=None, home="new"):
        (folder / "paper").mkdir(exist_ok=True)
        paper = secrets_file(folder / "paper", *(self.shares[:2] if shares is None else shares))
        files = ["--data", str(data or self.file("data")), "--keys", str(keys or self.file("keys"))]
        return ojak("restore", *files, "--secrets-file", str(paper), "--json", home=folder / home)


@pytest.fixture
def opened(vault, tmp_path):
    """Both parts, as anybody with the shares unpacks them. The identity is what the shares hold, written as age wants it."""
    from ojakgyo.domain.sealing import age_keys, organisation, shares

    identity = tmp_path / "identity"
    identity.write_text(age_keys.identity(organisation.keys(shares.combine(vault.shares[1:])).exchange) + "\n")
    found = {}
    for part in ("data", "keys"):
        found[part] = tmp_path / part
        found[part].mkdir()
        plain = subprocess.run(["age", "-d", "-i", identity, vault.file(part)], capture_output=True, check=True).stdout
        subprocess.run(["tar", "x", "-C", found[part]], input=plain, check=True)
    return found


def asked(database, question):
    ran = subprocess.run(["sqlite3", "-readonly", database, question], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_age_and_tar_open_it_and_ssh_keygen_knows_the_signature(opened, vault):
    for part, names in {
        "data": ["allowed_signers", "data.sqlite3", "manifest.json", "manifest.json.sig"],
        "keys": ["allowed_signers", "keys.sqlite3", "manifest.json", "manifest.json.sig", "vault.json"],
    }.items():
        folder = opened[part]
        assert sorted(each.name for each in folder.iterdir()) == names
        verify = [
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            folder / "allowed_signers",
            "-I",
            "ojakgyo",
            "-n",
            "ojakgyo-backup",
        ]
        written = (folder / "manifest.json").read_bytes()
        good = subprocess.run([*verify, "-s", folder / "manifest.json.sig"], input=written, capture_output=True)
        assert good.returncode == 0
        assert vault.signer in good.stdout.decode()
        changed = subprocess.run(
            [*verify, "-s", folder / "manifest.json.sig"], input=written + b" ", capture_output=True
        )
        assert changed.returncode
        for name, digest in json.loads(written)["members"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_sqlite3_reads_every_row_and_no_key_lies_in_the_data(opened):
    data, keys = opened["data"] / "data.sqlite3", opened["keys"] / "keys.sqlite3"
    assert asked(data, "PRAGMA integrity_check") == asked(keys, "PRAGMA integrity_check") == "ok"
    facts = int(asked(data, "SELECT count(*) FROM chronicle_entry"))
    assert facts == json.loads((opened["data"] / "manifest.json").read_text())["seq"] > 3
    for table in ("vault_grant", "vault_cellepoch", "vault_organisationgrant", "people_personkey"):
        assert asked(data, f"SELECT count(*) FROM {table}") == "0"
    assert asked(data, "SELECT max(length(bundle)) FROM vault_officer") == "0"
    assert int(asked(keys, "SELECT count(*) FROM vault_grant")) > 0


def test_a_second_reader_with_the_standard_library_alone_follows_the_chain(opened):
    """Written after the format's description, not after our code."""

    def framed(*parts):
        out = b"ojakgyo/1\0"
        for part in parts:
            kinds = {
                str: lambda v: b"s" + v.encode(),
                bytes: lambda v: b"b" + v,
                int: lambda v: b"i" + v.to_bytes(8, "big"),
            }
            told = kinds[type(part)](part)
            out += len(told).to_bytes(4, "big") + told
        return out

    rows = sqlite3.connect(opened["data"] / "data.sqlite3")
    before = bytes(32)
    for seq, kind, v, actor, at, salt, body, inner, head in rows.execute(
        "SELECT seq, kind, v, actor, recorded_ms, salt, body, inner, hash FROM chronicle_entry ORDER BY seq"
    ):
        assert hashlib.sha256(salt + body).digest() == inner
        before = hashlib.sha256(framed("chain/1", seq, kind, v, actor, at, inner, before)).digest()
        assert before == head
    rows.close()
    assert before.hex() == json.loads((opened["data"] / "manifest.json").read_text())["head"]


def test_with_the_shares_it_comes_back_and_serves(vault, tmp_path):
    done = vault.restore(tmp_path)
    assert done.code == 0, done.prose
    home = tmp_path / "new"
    assert (done.lines[-1]["number"], done.lines[-1]["signer"]) == (1, vault.signer)
    house = House("serve", "--secrets-file", str(vault.secrets), home=home)
    try:
        house.wait()
        verified = ojak("audit", "verify", "--json", home=home)
        facts = [fact["kind"] for fact in ojak("chronicle", "--json", home=home).lines]
        nowhere = ojak("backup", home=home)
        again = ojak("backup", "--to", str(tmp_path), "--json", home=home)
    finally:
        house.process.terminate()
        house.process.wait()
    assert (verified.code, verified.lines[-1]["ok"]) == (0, True)
    assert "vault.backup_restored" in facts
    assert (nowhere.code, "vault.backup_nowhere" in nowhere.prose) == (1, True)
    assert (again.code, again.lines[-1]["number"]) == (0, 2)


def nothing_is_left(folder, home="new"):
    return not [each.name for each in folder.iterdir() if home in each.name and not each.name.endswith(".runtime")]


@pytest.mark.parametrize(("part", "harm"), [("data", "cut off"), ("keys", "a flipped byte")])
def test_a_changed_file_ends_with_4_and_a_sentence_and_leaves_no_folder(vault, tmp_path, part, harm):
    whole = vault.file(part).read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    changed = tmp_path / "changed.age"
    changed.write_bytes(flipped if harm == "a flipped byte" else whole[:-1])
    done = vault.restore(tmp_path, **{part: changed})
    assert done.code == 4
    assert "vault.backup_damaged" in done.prose
    assert nothing_is_left(tmp_path)


def test_one_share_is_too_few_and_leaves_no_folder(vault, tmp_path):
    done = vault.restore(tmp_path, shares=vault.shares[:1])
    assert (done.code, "vault.shares_few" in done.prose) == (1, True)
    assert nothing_is_left(tmp_path)


def test_a_file_that_is_not_there_and_a_folder_that_is_filled_are_refused(vault, tmp_path):
    done = vault.restore(tmp_path, data=tmp_path / "nowhere.age")
    assert (done.code, "vault.backup_missing" in done.prose) == (1, True)
    (tmp_path / "filled").mkdir()
    (tmp_path / "filled" / "mine").write_text("mine")
    done = vault.restore(tmp_path, home="filled")
    assert (done.code, "vault.backup_not_empty" in done.prose) == (1, True)
    assert [each.name for each in (tmp_path / "filled").iterdir()] == ["mine"]


def test_a_database_put_back_to_an_earlier_day_is_noticed_and_accepted_only_by_typing_it(vault, tmp_path):
    home = tmp_path / "old"
    shutil.copytree(vault.home, home)
    earlier = (home / "vault.db").read_bytes()
    paper = ("--secrets-file", str(secrets_file(tmp_path, *vault.shares[:2])))
    assert ojak("recover", "shares", *paper, home=home).code == 0  # something is written down, and anchored
    (home / "vault.db").write_bytes(earlier)
    for end in ("-wal", "-shm"):
        (home / f"vault.db{end}").unlink(missing_ok=True)
    noticed = ojak("recover", "shares", *paper, home=home)
    assert (noticed.code, "vault.rolled_back" in noticed.prose) == (4, True)
    assert accept(home, paper, "no").returncode == 1
    assert ojak("recover", "shares", *paper, home=home).code == 4
    assert accept(home, paper, "lost").returncode == 0
    assert ojak("recover", "shares", *paper, home=home).code == 0
    nothing = accept(home, paper, "lost")
    assert (nothing.returncode, "vault.nothing_lost" in nothing.stderr) == (1, True)


def accept(home, paper, typed):
    command = [*OJAK, "audit", "accept", "--by-shares", *paper, "--home", str(home)]
    return subprocess.run(command, input=f"{typed}\n", text=True, capture_output=True, env=surroundings(home))
