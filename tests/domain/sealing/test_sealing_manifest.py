"""A part of a backup: its manifest as it is written, the tar around it, and that no byte of it is beyond the signature."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import manifest, parts
from ojakgyo.domain.sealing.manifest import Manifest, Which
from ojakgyo.domain.values.ids import PersonId

AUDIT = bytes(range(32))
ABOUT = Manifest(
    part=Which.DATA,
    vault="0011223344556677",
    number=7,
    taken=1_764_000_000_000,
    seq=83,
    head=bytes(range(32)),
    generation=2,
    schema=("chronicle.0001_initial", "vault.0001_initial"),
    erased=(PersonId(5),),
)
WRITTEN = b"""{
 "erased": [
  "p_0000000000005"
 ],
 "generation": 2,
 "head": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
 "members": {
  "data.sqlite3": "bc51e9e65d79e1c90ba544ab2eae1044ccdf8c1af7a559ba375cba4276f7d99e"
 },
 "number": 7,
 "part": "data",
 "schema": [
  "chronicle.0001_initial",
  "vault.0001_initial"
 ],
 "seq": 83,
 "taken_ms": 1764000000000,
 "v": 1,
 "vault": "0011223344556677"
}
"""
"""Version 1, for ever."""
names = st.text("abcdefghij._", min_size=1, max_size=20).filter(
    lambda name: name not in (manifest.NAME, parts.SIGNATURE)
)


def packed(members=None, about=ABOUT):
    return parts.packed(about, {"data.sqlite3": b"rows"} if members is None else members, audit=AUDIT)


def test_a_manifest_is_written_as_it_was_in_the_first_release():
    assert manifest.written(manifest.of(ABOUT, {"data.sqlite3": b"rows"})) == WRITTEN


def test_a_manifest_of_the_first_release_is_read():
    assert manifest.parsed(WRITTEN) == manifest.of(ABOUT, {"data.sqlite3": b"rows"})


@pytest.mark.parametrize(
    "wrong",
    [b"", b"{}", b"[]", b"null", WRITTEN[:-1], WRITTEN + b" ", WRITTEN.replace(b"83", b"83.0"),
     WRITTEN.replace(b'"data",', b'"both",'), WRITTEN.replace(b"p_", b"o_"), WRITTEN.replace(b'"v": 1', b'"v": 2')],
)  # fmt: skip
def test_any_other_form_of_a_manifest_is_damage(wrong):
    with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
        manifest.parsed(wrong)


@given(st.dictionaries(names, st.binary(max_size=2_000), max_size=5))
def test_what_is_packed_comes_out_again_and_is_signed(members):
    part = parts.unpacked(packed(members))
    assert {name: data for name, data in part.members.items() if name != parts.SIGNERS} == {
        name: data for name, data in members.items() if name != parts.SIGNERS
    }
    parts.check(part, [AUDIT])


def test_another_house_has_not_signed_it():
    part = parts.unpacked(packed())
    parts.check(part, [bytes(32), AUDIT])  # as after a rotation: the earlier key still counts
    with pytest.raises(Damaged, match=r"vault\.backup_unsigned"):
        parts.check(part, [bytes(32)])
    with pytest.raises(Damaged, match=r"vault\.backup_unsigned"):
        parts.check(part, [])


def test_a_flipped_byte_anywhere_in_the_tar_is_found_by_shape_digest_or_signature():
    """The first header from end to end; of what follows each seventh byte, which falls at another place of each block."""
    tar = packed()
    for at in [*range(512), *range(512, len(tar), 7), len(tar) - 1]:
        changed = tar[:at] + bytes([tar[at] ^ 1]) + tar[at + 1 :]
        with pytest.raises(Damaged):
            parts.check(parts.unpacked(changed), [AUDIT])


def test_every_cut_of_the_tar_is_found():
    tar = packed()
    for length in [*range(0, len(tar), 256), len(tar) - 1]:
        with pytest.raises(Damaged):
            parts.unpacked(tar[:length])
    with pytest.raises(Damaged):
        parts.unpacked(tar + bytes(512))


@pytest.mark.parametrize("name", ["../vault.json", "/etc/passwd", "link"])
def test_a_name_that_leads_elsewhere_and_a_link_are_damage(name):
    out = io.BytesIO(packed())
    with tarfile.open(fileobj=out, mode="a:") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = (tarfile.SYMTYPE, "/etc/passwd") if name == "link" else (tarfile.REGTYPE, "")
        archive.addfile(entry, io.BytesIO())
    with pytest.raises(Damaged, match=r"vault\.backup_damaged"):
        parts.unpacked(out.getvalue())


def test_the_tar_says_nothing_of_the_machine_or_its_user():
    with tarfile.open(fileobj=io.BytesIO(packed())) as archive:
        for entry in archive:
            assert (entry.uid, entry.gid, entry.uname, entry.gname) == (0, 0, "", "")
            assert (entry.mode, entry.mtime) == (0o600, ABOUT.taken // 1_000)
