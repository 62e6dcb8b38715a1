"""What this house must not know at all, looked for in every row, fact, form, page and table of meanings."""

import re
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models

from ojakgyo.domain import facts

SOURCE = Path(__file__).parents[2] / "src" / "ojakgyo"

OF_A_PERSON = ["resident", "rrn", "passport", "ssn", "identity", "nationality", "surname", "birthday", "birth"]
OF_A_BODY = ["picture", "photo", "image", "face", "portrait", "avatar", "fingerprint", "biometric"]
OF_A_VOICE = ["recording", "audio", "voice"]
OF_A_PLACE = ["coordinate", "coordinates", "latitude", "longitude", "lat", "lon", "lng", "gps", "geo", "map"]
OF_AN_OFFICIAL = ["rank", "post", "title", "position", "official", "ministry", "unit"]
OF_MONEY = ["price", "fee", "debt", "owed", "owes", "interest", "collateral", "dunning", "loan"]
OF_A_MIND = ["religion", "faith", "church", "politics", "political", "ideology", "loyalty"]
OF_A_JUDGE = [
    "score",
    "rating",
    "accuracy",
    "trust",
    "karma",
    "points",
    "mark",
    "grade",
    "load",
    "utilisation",
    "productivity",
]
FORBIDDEN = frozenset(
    OF_A_PERSON + OF_A_BODY + OF_A_VOICE + OF_A_PLACE + OF_AN_OFFICIAL + OF_MONEY + OF_A_MIND + OF_A_JUDGE
)
"""docs: what it will not do. `grade` and `mark` are marks for people; a grading is of a report, in two closed enums."""


def words_of(name: str) -> set[str]:
    """The words a name is made of: `passport_number`, `PassportNumber` and `passport-number` have `passport`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word.lower() for word in re.split(r"[^A-Za-z]+", apart) if word}


def offending(names: set[str]) -> set[str]:
    return {name for name in names if words_of(name) & FORBIDDEN}


def model_names() -> set[str]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("ojakgyo.")]
    return {model.__name__ for model in ours} | {
        f"{model.__name__}.{field.name}" for model in ours for field in model._meta.get_fields()
    }


def fact_names() -> set[str]:
    return {f"{kind}.{name}" for (kind, _), cls in facts.KINDS.items() for name in facts.shape(cls)}


def meanings() -> set[str]:
    """Values of every closed enum that a fact or a row carries."""
    carried = {of for cls in facts.KINDS.values() for of, _ in facts.shape(cls).values()}
    rows = {getattr(field, "of", None) for model in apps.get_models() for field in model._meta.get_fields()}
    enums = [of for of in carried | rows if isinstance(of, type) and issubclass(of, StrEnum)]
    return {str(each) for enum in enums for each in enum}


def form_names() -> set[str]:
    for app in ("home", "vault", "watch"):
        import_module(f"ojakgyo.apps.{app}.forms")

    def below(cls: type) -> set[type]:
        return {cls}.union(*map(below, cls.__subclasses__()))

    ours = [cls for cls in below(forms.BaseForm) if cls.__module__.startswith("ojakgyo.")]
    assert ours
    return {f"{cls.__name__}.{name}" for cls in ours for name in getattr(cls, "base_fields", {})}


def input_names() -> set[str]:
    asked = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
    return {name for page in SOURCE.rglob("*.html") for name in asked.findall(page.read_text())}


@pytest.mark.parametrize("names", [model_names, fact_names, meanings, form_names, input_names])
def test_nothing_is_named_for_what_must_not_exist(names):
    found = names()
    assert found
    assert offending(found) == set()


@pytest.mark.parametrize(
    "name",
    ["Person.passport", "passport_number", "PassportNumber", "resident-number", "Place.lat", "Link.price_paid",
     "helper_rank", "ReportKind.religion", "face", "Officer.load"],
)  # fmt: skip
def test_such_a_name_would_be_found(name):
    assert offending({name}) == {name}


@pytest.mark.parametrize(
    "name", ["Person.word", "Line.number", "Wake.round", "Inbound.received_ms", "Warning.deadline_ms"]
)
def test_what_the_house_does_keep_is_left_alone(name):
    assert offending({name}) == set()


def test_nothing_can_be_uploaded_but_paper_that_is_brought_in():
    """Never a picture of a face: the one file that is taken is read as a table, and shredded."""
    (taken,) = [page for page in SOURCE.rglob("*.html") if page.match("intake/templates/intake/intake.html")]
    assert 'accept=".xlsx,.csv' in taken.read_text()
    for page in set(SOURCE.rglob("*.html")) - {taken}:
        written = page.read_text()
        assert 'type="file"' not in written, page.name
        assert "multipart" not in written, page.name


def test_no_row_holds_a_file_or_a_place_on_earth():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            assert not isinstance(field, models.FileField | models.FloatField | models.DecimalField), str(field)


def test_no_page_asks_where_somebody_is():
    for script in (SOURCE / "web" / "static").rglob("*.js"):
        assert "geolocation" not in script.read_text()


def test_what_is_believed_is_never_written_down():
    """P(taken) and what follows from it are computed anew: no row has a place for a chance."""
    kept = {
        name for name in model_names() | fact_names() if words_of(name) & {"probability", "belief", "chance", "odds"}
    }
    assert kept == {"vault.officer_removed.chance_percent"}  # two officers' own word about one who has left
