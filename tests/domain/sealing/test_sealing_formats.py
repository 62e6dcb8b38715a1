"""Every format that was ever released opens for ever: one golden file for each format and version.

    python tests/domain/sealing/test_sealing_formats.py --write      adds the golden file of every format that has none

A golden file is committed with its format and is never edited afterwards: a change of a format is a new version.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts.vocabulary import RequestKind
from ojakgyo.domain.sealing import (
    anchors,
    envelope,
    grants,
    inboxes,
    manifest,
    officers,
    persons,
    primitives,
    requests,
    shifts,
    sshsig,
)
from ojakgyo.domain.sealing.anchors import Anchor
from ojakgyo.domain.sealing.envelope import Key, Place
from ojakgyo.domain.sealing.grants import CellKey, Grant
from ojakgyo.domain.sealing.inboxes import Inbox
from ojakgyo.domain.sealing.manifest import Manifest, Which
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.officers import Half, Lock, OfficerKeys
from ojakgyo.domain.sealing.persons import DataKey
from ojakgyo.domain.sealing.requests import Asked
from ojakgyo.domain.sealing.ring import KEYS, Ring
from ojakgyo.domain.sealing.shifts import HandedOver, SealedLine, Shift
from ojakgyo.domain.sealing.stretching import FLOOR
from ojakgyo.domain.values.ids import CellId, MessageId, OfficerId, PersonId, Seq, TokenId
from ojakgyo.domain.values.instants import Instant

GOLDEN = Path(__file__).parents[2] / "vectors" / "formats"
HOW = "run `python tests/domain/sealing/test_sealing_formats.py --write` and commit the file with the format"
VAULT = "0011223344556677"
NONCE = bytes(range(12))
WORDS = "버들 and seven rivers".encode()
KEY = Key(bytes(range(32)))
PLACE = Place(VAULT, Table.LINE, 7, Group.NUMBER, bound=(3, "x", b"y", None))
CELL = CellKey(CellId(5), 3, bytes([3]) * 32)
EARLIER = CellKey(CellId(5), 2, bytes([2]) * 32)
GIVER = OfficerKeys(OfficerId(6), bytes([6]) * 32, bytes([16]) * 32)
TAKER = OfficerKeys(OfficerId(8), bytes([8]) * 32, bytes([18]) * 32)
LOCK = Lock(VAULT, TAKER.officer, TAKER.public, FLOOR, bytes([9]) * 16)
HALF = Half(VAULT, Table.SESSION, bytes([10]) * 32)
MESSAGE, PERSON = MessageId(11), PersonId(12)
DATA = DataKey(PERSON, bytes([12]) * 32)
AT = 1_795_515_120_000
KIND = next(iter(RequestKind))
ASKED = Asked(VAULT, TokenId(13), KIND, 14, 15, GIVER.officer, Instant(AT))
NAMING = Asked(VAULT, TokenId(13), RequestKind.EXPORT_CELLS, 0, 2, GIVER.officer, Instant(AT), (CellId(5), CellId(9)))
RING = Ring(**{name: bytes([place]) * 32 for place, name in enumerate(KEYS, 20)}, root=bytes([19]) * 32)
ABOUT = Manifest(
    part=Which.DATA,
    vault=VAULT,
    number=7,
    taken=Instant(AT),
    seq=83,
    head=bytes(range(32)),
    generation=2,
    schema=("chronicle.0001_initial", "vault.0001_initial"),
    erased=(PERSON,),
    members=(("data.sqlite3", bytes([1]) * 32),),
)
NAMESPACE = manifest.NAMESPACE
SHIFT = Shift(VAULT, TokenId(17), GIVER.officer, TAKER.officer)
TOLD = HandedOver(SHIFT, Seq(83), Instant(AT), bytes(range(32)), bytes(range(32, 64)))
Held = dict[str, Any]


class Grants:
    """A seed wrapped for an officer by another, with the giver's hand; and the seed before, under the one after it."""

    def made(self) -> Held:
        grant = grants.give(CELL, VAULT, to=TAKER.officer, public=TAKER.public, by=GIVER)
        before = grants.keep_before(CELL, EARLIER, VAULT, nonce=NONCE)
        return {"wrapped": grant.wrapped, "signature": grant.signature, "before": before}

    def opened(self, held: Held) -> None:
        grant = Grant(VAULT, CELL.cell, 3, TAKER.officer, held["wrapped"], GIVER.officer, held["signature"])
        assert grants.take(grant, keys=TAKER, giver=GIVER.public) == CELL
        assert grants.open_before(CELL, VAULT, held["before"]) == EARLIER


class Blobs:
    """The sealed blob: bytes, and fields."""

    def made(self) -> Held:
        fields = {"number": "+82 10", "name": "버들"}
        return {
            "blob": envelope.seal(KEY, PLACE, WORDS, nonce=NONCE),
            "fields": envelope.seal_json(KEY, PLACE, fields, nonce=NONCE),
        }

    def opened(self, held: Held) -> None:
        assert envelope.open_sealed(KEY, PLACE, held["blob"]) == WORDS
        assert envelope.open_json(KEY, PLACE, held["fields"]) == {"number": "+82 10", "name": "버들"}


class Inboxes:
    """Words dropped for a cell, and for the organisation."""

    def made(self) -> Held:
        cell, all_of_us = Inbox(CELL.cell, 3, CELL.inbox_public()), Inbox.of_the_organisation(TAKER.public.exchange)
        drop = lambda to: inboxes.drop(to, VAULT, MESSAGE, WORDS, key=bytes([4]) * 32, nonce=NONCE)  # noqa: E731
        return {"cell": drop(cell), "organisation": drop(all_of_us)}

    def opened(self, held: Held) -> None:
        assert inboxes.take(CELL, VAULT, MESSAGE, held["cell"]) == WORDS
        assert inboxes.take_as_organisation(TAKER, VAULT, MESSAGE, held["organisation"]) == WORDS


class PersonKeys:
    """A person's data key under a cell's, and the name under it."""

    def made(self) -> Held:
        place = persons.name_place(VAULT, PERSON)
        name = envelope.seal_json(DATA.key(), place, {"name": "버들"}, nonce=NONCE)
        return {"wrapped": persons.wrap(DATA, CELL, VAULT, nonce=NONCE), "name": name}

    def opened(self, held: Held) -> None:
        data = persons.unwrap(CELL, VAULT, PERSON, held["wrapped"])
        assert data == DATA
        assert envelope.open_json(data.key(), persons.name_place(VAULT, PERSON), held["name"]) == {"name": "버들"}


class OfficersKeys:
    """An officer's keys under a password that was stretched, and under a token; and whose they are said to be."""

    def made(self) -> Held:
        return {
            "bundle": officers.seal_bundle(TAKER, LOCK, bytes([1]) * 32, nonce=NONCE),
            "half": officers.seal_half(TAKER, HALF, nonce=NONCE),
            "vouched": officers.vouch(GIVER, VAULT, TAKER.officer, TAKER.public),
        }

    def opened(self, held: Held) -> None:
        assert officers.open_bundle(LOCK, bytes([1]) * 32, held["bundle"]) == TAKER
        assert officers.open_half(HALF, held["half"], officer=TAKER.officer, public=TAKER.public) == TAKER
        officers.check_vouched(GIVER.public, VAULT, TAKER.officer, TAKER.public, held["vouched"])


class Requests:
    """What two officers sign, and the hand of one."""

    def made(self) -> Held:
        return {"asked": ASKED.bytes(), "signature": requests.sign(ASKED, GIVER, now=Instant(AT)).signature}

    def opened(self, held: Held) -> None:
        primitives.check(GIVER.public.signing, held["signature"], held["asked"])
        assert ASKED.bytes() == held["asked"]
        requests.check_hand(ASKED, requests.Hand(GIVER.officer, held["signature"], Instant(AT)), GIVER.public)


class RequestsOfCells:
    """What two officers sign before cells leave the house: each cell stands in it."""

    def made(self) -> Held:
        return {"asked": NAMING.bytes(), "signature": requests.sign(NAMING, GIVER, now=Instant(AT)).signature}

    def opened(self, held: Held) -> None:
        primitives.check(GIVER.public.signing, held["signature"], held["asked"])
        assert NAMING.bytes() == held["asked"]
        requests.check_hand(NAMING, requests.Hand(GIVER.officer, held["signature"], Instant(AT)), GIVER.public)


class Anchors:
    """The head of the chain under the ring's hand."""

    def made(self) -> Held:
        return {"signature": anchors.sign(RING, VAULT, seq=7, head=bytes(range(32)), at=AT).signature}

    def opened(self, held: Held) -> None:
        anchors.check(Anchor(7, bytes(range(32)), AT, held["signature"]), RING, VAULT)


class Manifests:
    """A backup's manifest, and the signature that `ssh-keygen` checks."""

    def made(self) -> Held:
        written = manifest.written(ABOUT)
        return {"manifest": written, "signature": sshsig.sign(RING.audit, written, namespace=NAMESPACE)}

    def opened(self, held: Held) -> None:
        public = primitives.signing_public(RING.audit)
        sshsig.check(public, held["signature"], held["manifest"], namespace=NAMESPACE)
        assert manifest.parsed(held["manifest"]) == ABOUT


class Shifts:
    """What two officers sign when a shift changes, and the one line that only these two open."""

    def made(self) -> Held:
        drawn = lambda n: bytes(range(n))  # noqa: E731
        line = shifts.seal_line(SHIFT, WORDS.decode(), by=GIVER.public, to=TAKER.public, randomness=drawn)
        signature = shifts.sign(TOLD, GIVER)
        return {"told": TOLD.bytes(), "signature": signature, "words": line.words, "by": line.for_by, "to": line.for_to}

    def opened(self, held: Held) -> None:
        primitives.check(GIVER.public.signing, held["signature"], held["told"])
        assert TOLD.bytes() == held["told"]
        assert shifts.holds(TOLD, held["signature"], GIVER.public)
        line = SealedLine(held["words"], held["by"], held["to"])
        assert shifts.open_line(SHIFT, line, keys=GIVER) == WORDS.decode()
        assert shifts.open_line(SHIFT, line, keys=TAKER) == WORDS.decode()


FORMATS = {
    "blob.1": Blobs(),
    "grant.1": Grants(),
    "inbox.1": Inboxes(),
    "person_key.1": PersonKeys(),
    "officer_keys.1": OfficersKeys(),
    "request.1": Requests(),
    "request.2": RequestsOfCells(),
    "anchor.1": Anchors(),
    "manifest.1": Manifests(),
    "shift.1": Shifts(),
}
WITH_CHANCE = {"grant.1", "inbox.1", "shift.1"}
"""Wrapped by HPKE, which draws for itself: other bytes each time."""
REFUSALS = (Damaged, NotHeld, Refused, primitives.Unsound)


def golden(name: str) -> Held:
    return {part: bytes.fromhex(told) for part, told in json.loads((GOLDEN / f"{name}.json").read_text()).items()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_its_golden_file(name):
    assert (GOLDEN / f"{name}.json").exists(), f"no golden file of {name}: {HOW}"


def test_no_released_format_is_forgotten():
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_written_in_the_first_release_opens(name):
    FORMATS[name].opened(golden(name))


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_today_opens_and_is_the_same_where_nothing_is_drawn(name):
    made = FORMATS[name].made()
    FORMATS[name].opened(made)
    assert {part: len(held) for part, held in made.items()} == {part: len(held) for part, held in golden(name).items()}
    assert (made == golden(name)) is (name not in WITH_CHANCE)


@pytest.mark.parametrize("name", FORMATS)
def test_a_flipped_byte_of_a_golden_file_does_not_pass(name):
    held = golden(name)
    for part, whole in held.items():
        for at in range(0, len(whole), max(1, len(whole) // 20)):
            changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
            with pytest.raises(REFUSALS):
                FORMATS[name].opened({**held, part: changed})


def write() -> None:
    """Add what is missing; a golden file that stands is never touched."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, each in FORMATS.items():
        if not (file := GOLDEN / f"{name}.json").exists():
            held = {part: made.hex() for part, made in each.made().items()}
            file.write_text(json.dumps(held, indent=1) + "\n")
            print(file.name)


if __name__ == "__main__" and "--write" in sys.argv:
    write()
