"""The organisation's X25519 pair as an age pair: Bech32 to its vectors, files that age opens, and none that was changed."""

import shutil
import subprocess

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from needs import missing

from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import age_keys, organisation, primitives

KEYS = organisation.keys(bytes(range(32)))
IDENTITY = age_keys.identity(KEYS.exchange)
RECIPIENT = age_keys.recipient(primitives.exchange_public(KEYS.exchange))
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
VALID = [
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "?1ezyfcl",
]
"""BIP 173, those whose data is whole bytes."""


def of_fives(letters):
    value = 0
    for letter in letters:
        value = value << 5 | LETTERS.index(letter)
    return value.to_bytes(5 * len(letters) // 8, "big")


@pytest.mark.parametrize("written", VALID)
def test_bech32_is_written_as_bip_173_writes_it(written):
    kind, _, rest = written.rpartition("1")
    assert age_keys.bech32(kind, of_fives(rest[:-6])) == written


@given(st.binary(min_size=32, max_size=32))
def test_another_implementation_reads_the_same_pair(private):
    public = primitives.exchange_public(private)
    assert str(pyrage.x25519.Identity.from_str(age_keys.identity(private)).to_public()) == age_keys.recipient(public)


def test_age_itself_opens_what_is_encrypted_here_and_the_other_way_round(tmp_path):
    if not shutil.which("age"):
        missing("age")
    key = tmp_path / "key"
    key.write_text(f"# a comment\n{IDENTITY}\n")
    opened = subprocess.run(
        ["age", "-d", "-i", key], input=age_keys.encrypt(b"words", [RECIPIENT]), capture_output=True
    )
    assert opened.stdout == b"words"
    made = subprocess.run(["age", "-r", RECIPIENT], input=b"words", capture_output=True)
    assert age_keys.decrypt(made.stdout, age_keys.identity_in(key.read_text())) == b"words"


def test_each_of_two_recipients_opens_and_nobody_else():
    other = organisation.keys(bytes(32))
    file = age_keys.encrypt(b"words", [RECIPIENT, age_keys.recipient(primitives.exchange_public(other.exchange))])
    assert age_keys.decrypt(file, IDENTITY) == age_keys.decrypt(file, age_keys.identity(other.exchange)) == b"words"
    with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
        age_keys.decrypt(file, age_keys.identity(bytes(31) + b"\1"))


def test_every_flipped_byte_and_every_cut_is_refused():
    file = age_keys.encrypt(b"some words", [RECIPIENT])
    changed = [file[:at] + bytes([file[at] ^ bit]) + file[at + 1 :] for at in range(len(file)) for bit in (1, 128)]
    for each in (*changed, *(file[:length] for length in range(len(file))), file + b"\0"):
        with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
            age_keys.decrypt(each, IDENTITY)


@pytest.mark.parametrize("wrong", ["", "age1", "somebody", RECIPIENT[:-1] + "q", IDENTITY])
def test_what_is_no_recipient_is_refused(wrong):
    with pytest.raises(Refused, match=r"vault\.recipient_unknown"):
        age_keys.encrypt(b"words", [wrong])


@pytest.mark.parametrize("wrong", ["", "# nothing", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1QQQ", RECIPIENT])
def test_what_is_no_identity_is_refused(wrong):
    with pytest.raises(Refused, match=r"vault\.recipient_unknown"):
        age_keys.decrypt(age_keys.encrypt(b"words", [RECIPIENT]), age_keys.identity_in(wrong))
