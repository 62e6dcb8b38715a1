"""vault.json: the right words open it; a changed, cheapened or relabelled file does not."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts.vocabulary import SlotKind
from ojakgyo.domain.sealing import anchors, organisation, primitives, vault_file
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.stretching import FLOOR

WORDS = "academic acid acne acquire acrobat academic"
VAULT = "0123456789abcdef"
SECRET = bytes(range(32))
GOLDEN = Path(__file__).parents[2] / "vectors" / "vault"


class Lot:
    """Random bytes that can be told apart and come again."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, n: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_128(bytes([self.drawn])).digest(n)


OPENER = OfficerKeys(5, bytes([7]) * 32, bytes([8]) * 32)


@pytest.fixture(autouse=True)
def stretched(monkeypatch):
    """Argon2id is held to its vectors elsewhere; here only that it is asked, and how often."""
    asked = []

    def quick(words, salt, **cost):
        asked.append(cost)
        return hashlib.sha256(salt + words).digest()

    monkeypatch.setattr(primitives, "stretch", quick)
    return asked


@pytest.fixture
def lot():
    return Lot()


@pytest.fixture
def made(lot):
    """A vault with all three kinds of slot."""
    shares = primitives.exchange_public(organisation.slot_private(SECRET, VAULT))
    file, ring = vault_file.found(WORDS, vault=VAULT, demo=True, cost=FLOOR, randomness=lot, shares=shares)
    own = vault_file.opener_slot(file, ring, OPENER, "an opener's own", lot)
    file = vault_file.renewed(file, ring, (*file.slots, own), lot)
    anchored = replace(file, anchor=anchors.sign(ring, VAULT, seq=7, head=bytes(32), at=1_795_515_120_000))
    return vault_file.renewed(anchored, ring, file.slots, lot), ring


def rewritten(file: vault_file.VaultFile, change) -> bytes:
    """The file with a change and a digest that fits, as somebody would make it who knows the format."""
    fields = json.loads(vault_file.written(file))
    del fields["sha256"]
    change(fields)
    body = json.dumps(fields, sort_keys=True, indent=1).encode() + b"\n"
    fields["sha256"] = hashlib.sha256(body).hexdigest()
    return json.dumps(fields, sort_keys=True, indent=1).encode() + b"\n"


def test_the_words_open_the_ring(made):
    file, ring = made
    opened = vault_file.open_by_words(vault_file.label(vault_file.written(file)), f"  {WORDS.replace(' ', '  ')}\n")
    assert (opened.ring, opened.keys) == (ring, None)


def test_an_openers_own_password_opens_the_ring_and_the_openers_keys_by_one_derivation(made, stretched):
    stretched.clear()
    opened = vault_file.open_by_words(made[0], "an opener's own")
    assert (opened.ring, opened.keys, opened.keys.officer) == (made[1], OPENER, 5)
    assert len(stretched) == 1


def test_the_secret_behind_the_shares_opens_the_ring_without_any_derivation(made, stretched):
    stretched.clear()
    assert vault_file.open_by_secret(made[0], SECRET).ring == made[1]
    assert not stretched


def test_the_secret_of_other_shares_opens_nothing(made):
    with pytest.raises(Refused, match=r"vault\.shares_mixed"):
        vault_file.open_by_secret(made[0], bytes(32))


def test_a_vault_without_shares_says_so(lot):
    file, _ = vault_file.found(WORDS, vault=VAULT, demo=True, cost=FLOOR, randomness=lot)
    with pytest.raises(Refused, match=r"vault\.slot_gone"):
        vault_file.open_by_secret(file, SECRET)


def test_other_words_are_refused(made):
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        vault_file.open_by_words(made[0], WORDS.replace("acid", "acne"))


def test_a_sixth_opener_is_refused(made, lot):
    file, ring = made
    more = tuple(vault_file.opener_slot(file, ring, OPENER, f"another {n}", lot) for n in range(5))
    with pytest.raises(Refused, match=r"vault\.too_many_openers"):
        vault_file.renewed(file, ring, (*file.slots, *more), lot)


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_every_version_that_was_ever_written_opens(version, monkeypatch):
    monkeypatch.undo()  # with the real derivation
    file = vault_file.label((GOLDEN / f"vault.{version}.json").read_bytes())
    opened = vault_file.open_by_words(file, "words for invented people only")
    assert opened.ring.db.hex() == "286a8e4597ecc060e4123f2ca0f9c0ac625bd7ff5f5b0eae20f2d10630de79a5"


def test_a_file_of_version_1_becomes_one_of_version_2_that_the_same_words_open(lot, monkeypatch):
    monkeypatch.undo()
    old = vault_file.label((GOLDEN / "vault.1.json").read_bytes())
    ring = vault_file.open_by_words(old, "words for invented people only").ring
    new = vault_file.label(vault_file.written(vault_file.renewed(old, ring, old.slots, lot)))
    assert (new.version, new.generation) == (2, 1)
    assert vault_file.open_by_words(new, "words for invented people only").ring == ring


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields["slots"].reverse(),
        lambda fields: fields["slots"].pop(),
        lambda fields: fields["slots"].append(fields["slots"][0]),
        lambda fields: fields["slots"][1].update(public="11" * 32),
        lambda fields: fields.update(generation=1),
        lambda fields: fields.update(generation=9),
        lambda fields: fields.update(anchor=None),
        lambda fields: fields["anchor"].update(seq=6),
    ],
    ids=[
        "turned round",
        "taken away",
        "doubled",
        "wrapped for another",
        "older",
        "newer",
        "no anchor",
        "earlier anchor",
    ],
)
def test_slots_or_an_anchor_changed_by_somebody_without_root_close_the_ring(made, change):
    forged = vault_file.label(rewritten(made[0], change))
    with pytest.raises(Damaged, match=r"vault\.damaged"):
        vault_file.open_by_words(forged, WORDS)


def test_an_anchor_of_another_vault_or_another_head_does_not_hold(made):
    file, ring = made
    anchors.check(file.anchor, ring, VAULT)
    for forged, vault in ((replace(file.anchor, seq=6), VAULT), (replace(file.anchor, head=bytes([1]) * 32), VAULT)):
        with pytest.raises(Damaged):
            anchors.check(forged, ring, vault)
    with pytest.raises(Damaged):
        anchors.check(file.anchor, ring, "f" * 16)


def test_every_bit_of_the_file_that_flips_is_refused_before_any_key_is_derived(made, stretched):
    data = vault_file.written(made[0])
    stretched.clear()
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Damaged, match=r"vault\.damaged"):
            vault_file.label(bytes(changed))
    assert not stretched


def test_every_missing_byte_is_refused(made):
    data = vault_file.written(made[0])
    for place in range(len(data)):
        with pytest.raises(Damaged):
            vault_file.label(data[:place] + data[place + 1 :])
        with pytest.raises(Damaged):
            vault_file.label(data[:place])


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b"[" * 60_000, b"\xff\xfe", b" " * 70_000])
def test_a_file_that_is_no_vault_is_damaged(data):
    with pytest.raises(Damaged):
        vault_file.label(data)


def test_a_practice_vault_cannot_be_passed_off_as_a_real_one(made):
    forged = vault_file.label(rewritten(made[0], lambda fields: fields.update(demo=False)))
    with pytest.raises(Damaged):
        vault_file.open_by_words(forged, WORDS)


def test_a_slot_itself_says_whether_it_opens_a_practice_vault(made):
    words = made[0].words
    assert words.place("1", SlotKind.OPENER) != replace(words, demo=False).place("1", SlotKind.OPENER)
    assert words.place("1", SlotKind.OPENER) != words.place("1", SlotKind.PASSPHRASE)


@pytest.mark.parametrize("name", ["memory_kib", "rounds", "lanes"])
def test_a_cost_that_was_raised_does_not_open(made, name):
    def raise_it(fields):
        fields["kdf"][name] += 1

    with pytest.raises(Damaged):
        vault_file.open_by_words(vault_file.label(rewritten(made[0], raise_it)), WORDS)


@pytest.mark.parametrize(("name", "value"), [("memory_kib", 8), ("memory_kib", 1 << 30), ("rounds", 1), ("lanes", 64)])
def test_a_cost_outside_the_bounds_is_refused_before_any_key_is_derived(made, stretched, name, value):
    stretched.clear()
    with pytest.raises(Damaged, match=r"vault\.parameters"):
        vault_file.label(rewritten(made[0], lambda fields: fields["kdf"].update({name: value})))
    assert not stretched


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields.update(v=1),
        lambda fields: fields.update(v=3),
        lambda fields: fields.update(more=1),
        lambda fields: fields.update(demo=1),
        lambda fields: fields.update(slots=[]),
        lambda fields: fields["slots"][0].update(kind="shares"),
        lambda fields: fields["slots"][0].update(more="1"),
        lambda fields: fields["slots"][1].update(kind="passphrase"),
        lambda fields: fields["kdf"].update(name="pbkdf2"),
        lambda fields: fields["kdf"].update(salt="00"),
        lambda fields: fields.update(generation=True),
        lambda fields: fields.update(generation=-1),
        lambda fields: fields.update(generation=1 << 63),
        lambda fields: fields.update(generation=1 << 70),
        lambda fields: fields.update(generation=2.0),
        lambda fields: fields["anchor"].update(seq=1 << 63),
        lambda fields: fields["anchor"].update(seq=-1),
        lambda fields: fields["anchor"].update(at=1 << 70),
        lambda fields: fields["anchor"].update(at=-1),
        lambda fields: fields["anchor"].update(head="00" * 31),
        lambda fields: fields["anchor"].update(head=""),
        lambda fields: fields["anchor"].update(signature="00" * 65),
        lambda fields: fields["slots"][0].update(id="zz"),
        lambda fields: fields["slots"][0].update(id="zz" * 8),
        lambda fields: fields["slots"][0].update(id=""),
        lambda fields: fields["slots"][0].update(id="0" * 14),
        lambda fields: fields["slots"][0].update(id="0" * 18),
        lambda fields: fields["slots"][0].update(id="AB" * 8),
        lambda fields: fields["slots"][0].update(id="0 " * 8),
        lambda fields: fields["slots"][0].update(id=5),
        lambda fields: fields["anchor"].update(seq="7"),
        lambda fields: fields["anchor"].pop("at"),
        lambda fields: fields.update(anchor=5),
        lambda fields: fields["line_index"].update(n=2),
        lambda fields: fields.update(ring=fields["ring"].upper()),
        lambda fields: fields.update(ring=5),
        lambda fields: fields.pop("ring"),
    ],
)
def test_a_file_of_another_shape_is_refused(made, change):
    with pytest.raises(Damaged):
        vault_file.label(rewritten(made[0], change))


def digested(fields) -> bytes:
    """The file of these fields, with a digest that fits."""
    fields.pop("sha256", None)
    return vault_file.encoded(fields)


@pytest.mark.parametrize("id", ["zz", "zz" * 4, "0" * 6, "0" * 10, "AB" * 4, 5])
def test_a_file_of_version_1_whose_slot_has_another_id_is_refused(id):
    fields = json.loads((GOLDEN / "vault.1.json").read_bytes())
    fields["slots"][0]["id"] = id
    with pytest.raises(Damaged, match=r"vault\.damaged"):
        vault_file.label(digested(fields))


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("memory_kib", 64 * 1024 + 1, "damaged"),
        ("memory_kib", 64 * 1024 - 1, "parameters"),
        ("memory_kib", 2048 * 1024 + 1, "parameters"),
        ("rounds", 4, "damaged"),
        ("rounds", 2, "parameters"),
        ("rounds", 17, "parameters"),
        ("rounds", -1, "parameters"),
        ("lanes", 2, "damaged"),
        ("lanes", 0, "parameters"),
        ("lanes", 9, "parameters"),
        ("lanes", 1 << 70, "parameters"),
        ("lanes", "1", "parameters"),
    ],
)
def test_a_derivation_raised_or_lowered_opens_nothing(made, stretched, name, value, code):
    stretched.clear()
    with pytest.raises(Damaged, match=rf"vault\.{code}"):
        forged = rewritten(made[0], lambda fields: fields["kdf"].update({name: value}))
        vault_file.open_by_words(vault_file.label(forged), WORDS)
    assert len(stretched) == (code == "damaged"), "outside the bounds nothing is derived"


def test_the_ring_of_another_vault_does_not_open(made):
    other, _ = vault_file.found(WORDS, vault="f" * 16, demo=True, cost=FLOOR, randomness=Lot())
    data = rewritten(made[0], lambda fields: fields.update(ring=other.ring.hex()))
    with pytest.raises(Damaged):
        vault_file.open_by_words(vault_file.label(data), WORDS)


def test_the_file_says_what_it_must_and_no_more(made):
    fields = json.loads(vault_file.written(made[0]))
    held = {"slots", "ring", "anchor", "line_index"}
    assert set(fields) == {"v", "vault", "demo", "generation", "kdf", "sha256", *held}
    assert fields["line_index"] == {"name": "scrypt", "n": 8192, "r": 8, "p": 1}
    assert [set(slot) - {"id", "kind", "sealed"} for slot in fields["slots"]] == [set(), {"public"}, set()]
