"""Released facts never change: one golden body for each kind and version, and only what a fact may carry.

    python tests/house/test_facts.py --write      adds the golden file of every fact that has none; changes no other

A golden file is committed with the fact and is never edited afterwards: a change of a fact is a new version.
"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from ojakgyo.domain import facts
from ojakgyo.domain.facts import ID_LETTERS, KINDS, UPCASTERS, Fact
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import Instant

GOLDEN = Path(__file__).parents[1] / "vectors" / "facts"
ENUMS = GOLDEN / "enums.json"
HOW = "run `python tests/house/test_facts.py --write` and commit the file with the fact"
RELEASED = sorted(KINDS)


def golden_file(kind: str, v: int) -> Path:
    return GOLDEN / f"{kind}.{v}.json"


def example(cls: type[Fact], *, full: bool) -> Fact:
    """A fact of this kind by rule alone. Not `full`: every field that may be null is."""
    shape = facts.shape(cls).items()
    return cls(
        **{
            name: None if optional and not full else _value(of, place)
            for place, (name, (of, optional)) in enumerate(shape, start=1)
        }
    )


def _value(of: Any, place: int) -> Any:
    if of in ID_LETTERS:
        return (1 << 61) + 1_000_003 * place
    if of is Instant:
        return 1_795_515_120_000 + place
    if of is bool:
        return place % 2 == 0
    if isinstance(of, type) and issubclass(of, StrEnum):
        return list(of)[place % len(of)]
    return 40 + place


def enums() -> dict[str, list[str]]:
    """Every closed enum a fact carries, its values in order."""
    used = {of for cls in KINDS.values() for of, _ in facts.shape(cls).values() if isinstance(of, type)}
    return {of.__name__: [str(each) for each in of] for of in used if issubclass(of, StrEnum)}


@pytest.mark.parametrize(("kind", "v"), RELEASED)
def test_every_released_fact_has_its_golden_bodies(kind, v):
    assert golden_file(kind, v).exists(), f"no golden body of {kind} {v}: {HOW}"


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.*.json")), ids=lambda file: file.stem)
def test_a_golden_body_is_revived_and_written_again_byte_by_byte(file):
    told = json.loads(file.read_text())
    kind, v = told["kind"], told["v"]
    assert file == golden_file(kind, v)
    for body in told["bodies"]:
        revived = facts.revive(kind, v, body.encode())
        assert revived is not None, f"{kind} {v} was released and is gone"
        if (kind, v) in KINDS:
            assert type(revived) is KINDS[kind, v]
            assert facts.body(revived) == body.encode()


@pytest.mark.parametrize(("kind", "v"), RELEASED)
def test_a_released_fact_has_neither_gained_nor_lost_a_field(kind, v):
    for body in json.loads(golden_file(kind, v).read_text())["bodies"]:
        assert set(json.loads(body)) == set(facts.shape(KINDS[kind, v])), "a change of a fact is a new version"


def test_no_value_of_a_released_enum_is_gone():
    for name, released in json.loads(ENUMS.read_text()).items():
        assert set(released) <= set(enums().get(name, ())), name


def test_every_enum_of_a_fact_is_in_the_golden_list():
    assert enums() == json.loads(ENUMS.read_text()), f"an enum has grown: {HOW}"


@pytest.mark.parametrize(("kind", "v"), RELEASED)
def test_an_example_survives_being_written_and_revived(kind, v):
    for full in (True, False):
        said = example(KINDS[kind, v], full=full)
        assert facts.revive(kind, v, facts.body(said)) == said


@pytest.mark.parametrize(("kind", "v"), RELEASED)
def test_a_fact_carries_ids_enums_whole_numbers_truths_and_instants_and_nothing_else(kind, v):
    for name, (of, _) in facts.shape(KINDS[kind, v]).items():
        allowed = of in ID_LETTERS or of in (int, bool, Instant, Seq)
        assert allowed or (isinstance(of, type) and issubclass(of, StrEnum)), f"{kind}.{name} is {of}"


@pytest.mark.parametrize(("kind", "v"), RELEASED)
def test_a_kind_is_an_area_and_what_happened(kind, v):
    area, what = kind.split(".")
    assert area.isidentifier() and what.isidentifier()
    assert v >= 1


@pytest.mark.parametrize(("kind", "v"), sorted(UPCASTERS))
def test_every_upcaster_leads_to_a_version_this_house_knows(kind, v):
    while (kind, v) in UPCASTERS:
        v += 1
    assert (kind, v) in KINDS


def test_a_body_is_sorted_without_blanks_and_in_utf_8():
    body = facts.body(facts.VaultUnsealed(run=5))
    assert body == b'{"happened_from":null,"happened_to":null,"run":5,"told":null}'


def test_a_text_or_a_fraction_never_gets_into_a_body():
    with pytest.raises(ValueError):
        facts.body(facts.VaultUnsealed(run="버들"))
    assert facts.body(facts.VaultUnsealed(run=1.9)) == facts.body(facts.VaultUnsealed(run=1))


def test_an_id_of_another_kind_is_refused():
    body = facts.body(facts.OfficerEnrolled(officer=5)).replace(b"o_", b"p_")
    with pytest.raises(ValueError):
        facts.revive("vault.officer_enrolled", 1, body)


def test_an_unknown_fact_is_none_and_never_an_error():
    assert facts.revive("vault.of_a_later_release", 1, b'{"run":1}') is None
    assert facts.revive("vault.unsealed", 99, b'{"run":1}') is None


def write() -> None:
    """Add what is missing; a golden body that stands is never touched."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for kind, v in RELEASED:
        if (file := golden_file(kind, v)).exists():
            continue
        bodies = sorted({facts.body(example(KINDS[kind, v], full=full)).decode() for full in (True, False)})
        file.write_text(json.dumps({"kind": kind, "v": v, "bodies": bodies}, indent=1, ensure_ascii=False) + "\n")
        print(file.name)
    ENUMS.write_text(json.dumps(dict(sorted(enums().items())), indent=1) + "\n")


if __name__ == "__main__" and "--write" in sys.argv:
    write()
