"""vault.json: the right words open it; a changed, cheapened or relabelled file does not."""

import hashlib
import json

import pytest

from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import primitives, vault_file
from ojakgyo.domain.sealing.stretching import FLOOR

WORDS = "academic acid acne acquire acrobat academic acid acne"


class Lot:
    """Random bytes that can be told apart and come again."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, n: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_128(bytes([self.drawn])).digest(n)


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
def made():
    return vault_file.found(WORDS, vault="0123456789abcdef", demo=True, cost=FLOOR, randomness=Lot())


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
    assert vault_file.open_ring(vault_file.label(vault_file.written(file)), f"  {WORDS.replace(' ', '  ')}\n") == ring


def test_other_words_are_refused(made):
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        vault_file.open_ring(made[0], WORDS.replace("acid", "acne"))


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
        vault_file.open_ring(forged, WORDS)


def test_the_slot_itself_says_whether_it_opens_a_practice_vault(made):
    slot, vault = made[0].slot, made[0].vault
    assert slot.place(vault, demo=True) != slot.place(vault, demo=False)


@pytest.mark.parametrize("name", ["memory_kib", "rounds", "lanes"])
def test_a_cost_that_was_raised_does_not_open(made, name):
    def raise_it(fields):
        fields["slots"][0]["kdf"][name] += 1

    with pytest.raises(Damaged):
        vault_file.open_ring(vault_file.label(rewritten(made[0], raise_it)), WORDS)


@pytest.mark.parametrize(("name", "value"), [("memory_kib", 8), ("memory_kib", 1 << 30), ("rounds", 1), ("lanes", 64)])
def test_a_cost_outside_the_bounds_is_refused_before_any_key_is_derived(made, stretched, name, value):
    stretched.clear()
    with pytest.raises(Damaged, match=r"vault\.parameters"):
        vault_file.label(rewritten(made[0], lambda fields: fields["slots"][0]["kdf"].update({name: value})))
    assert not stretched


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields.update(v=2),
        lambda fields: fields.update(more=1),
        lambda fields: fields.update(demo=1),
        lambda fields: fields.update(slots=[]),
        lambda fields: fields.update(slots=fields["slots"] * 2),
        lambda fields: fields["slots"][0].update(kind="shares"),
        lambda fields: fields["slots"][0]["kdf"].update(name="pbkdf2"),
        lambda fields: fields["slots"][0]["kdf"].update(salt="00"),
        lambda fields: fields["line_index"].update(n=2),
        lambda fields: fields.update(ring=fields["ring"].upper()),
        lambda fields: fields.update(ring=5),
        lambda fields: fields.pop("ring"),
    ],
)
def test_a_file_of_another_shape_is_refused(made, change):
    with pytest.raises(Damaged):
        vault_file.label(rewritten(made[0], change))


def test_the_ring_of_another_vault_does_not_open(made):
    other, _ = vault_file.found(WORDS, vault="f" * 16, demo=True, cost=FLOOR, randomness=Lot())
    data = rewritten(made[0], lambda fields: fields.update(ring=other.ring.hex()))
    with pytest.raises(Damaged):
        vault_file.open_ring(vault_file.label(data), WORDS)


def test_the_file_says_what_it_must_and_no_more(made):
    fields = json.loads(vault_file.written(made[0]))
    assert set(fields) == {"v", "vault", "demo", "slots", "ring", "line_index", "sha256"}
    assert fields["line_index"] == {"name": "scrypt", "n": 8192, "r": 8, "p": 1}
    assert set(fields["slots"][0]) == {"id", "kind", "kdf", "root"}
