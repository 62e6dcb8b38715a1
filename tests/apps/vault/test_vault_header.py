"""vault.json on disk."""

import os
import stat
from pathlib import Path

import pytest
from shamir_mnemonic.wordlist import WORDLIST

from ojakgyo.apps.vault import header
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import phrases

WORDS = "academic acid acne acquire acrobat academic"


def test_a_generated_passphrase_has_six_words_of_the_list_worth_60_bits():
    words = header.generated_words().split()
    assert len(words) == header.COUNT == 6
    assert set(words) <= set(WORDLIST)
    assert phrases.bits(WORDLIST, header.COUNT) == 60
    assert header.generated_words() != header.generated_words()


def test_the_words_open_what_was_made_with_the_real_derivation(tmp_path):
    ring = header.found(tmp_path, WORDS, demo=True)
    assert header.unseal(tmp_path, WORDS).ring == ring
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        header.unseal(tmp_path, "academic")


def test_a_practice_vault_is_at_the_floor_with_its_words_beside_it(tmp_path, stretched):
    header.found(tmp_path, WORDS, demo=True)
    assert stretched.costs == [{"memory_kib": 64 * 1024, "rounds": 3, "lanes": 1}]
    assert header.demo_words(tmp_path) == WORDS
    assert header.label(tmp_path).demo


def test_a_real_vault_costs_a_gibibyte_and_leaves_no_words_behind(tmp_path, stretched):
    header.found(tmp_path, WORDS, demo=False)
    assert stretched.costs == [{"memory_kib": 1024 * 1024, "rounds": 3, "lanes": 4}]
    assert [file.name for file in tmp_path.iterdir()] == ["vault.json"]
    assert WORDS.encode() not in (tmp_path / "vault.json").read_bytes()
    with pytest.raises(Refused, match=r"demo\.not_practice"):
        header.demo_words(tmp_path)


def test_only_its_owner_reads_the_home(tmp_path, stretched):
    home = tmp_path / "new" / "home"
    header.found(home, WORDS, demo=True)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()} == {0o600}


def test_a_second_vault_in_the_same_folder_is_refused(tmp_path, stretched):
    header.found(tmp_path, WORDS, demo=True)
    before = (tmp_path / "vault.json").read_bytes()
    with pytest.raises(Refused, match=r"vault\.exists"):
        header.found(tmp_path, WORDS, demo=False)
    assert (tmp_path / "vault.json").read_bytes() == before


def test_a_folder_without_a_vault_says_so(tmp_path):
    for asked in (header.label, header.demo_words, lambda home: header.unseal(home, WORDS)):
        with pytest.raises(Refused, match=r"vault\.no_vault"):
            asked(tmp_path)


def test_a_damaged_file_is_refused_before_any_derivation_and_left_as_it_is(tmp_path, stretched):
    header.found(tmp_path, WORDS, demo=True)
    whole, path = (tmp_path / "vault.json").read_bytes(), tmp_path / "vault.json"
    stretched.costs.clear()
    for place in range(0, len(whole), 17):
        broken = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        path.write_bytes(broken)
        with pytest.raises(Damaged, match=r"vault\.damaged"):
            header.unseal(tmp_path, WORDS)
        assert path.read_bytes() == broken
    assert not stretched.costs


def test_a_crash_before_the_file_is_in_its_place_leaves_the_old_one_whole(tmp_path, monkeypatch):
    file = tmp_path / "vault.json"
    header.replace(file, b"old")

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            header.replace(file, b"new")
    assert file.read_bytes() == b"old"
    header.replace(file, b"newer")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("vault.json", b"newer")]


def test_the_bytes_and_then_the_folder_are_on_the_disk_before_anybody_is_told(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    header.replace(tmp_path / "vault.json", b"bytes")
    assert synced == [False, True]
