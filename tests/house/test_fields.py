"""What may stand readable in a row, who may point at whom, and what an address may say."""

import ast
import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from ojakgyo.apps.chronicle.fields import (
    DigestField,
    DottedField,
    DurationField,
    EnumField,
    IdField,
    InstantField,
    OpenBytesField,
    SealedField,
    Secrecy,
)

SOURCE = Path(__file__).parents[2] / "src" / "ojakgyo"
ORDER = ("chronicle", "vault", "people", "network", "cards", "contact", "watch", "calls", "alerts", "intake", "home")
PLAIN = (
    models.BigAutoField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.BooleanField,
    models.ForeignKey,
    models.OneToOneField,
)
OURS = {
    IdField: Secrecy.STRUCTURE,
    InstantField: Secrecy.STRUCTURE,
    DurationField: Secrecy.STRUCTURE,
    EnumField: Secrecy.STRUCTURE,
    DottedField: Secrecy.STRUCTURE,
    OpenBytesField: Secrecy.STRUCTURE,
    DigestField: Secrecy.DIGEST,
    SealedField: Secrecy.SEALED,
}


def of_the_house() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("ojakgyo.")]


def is_classified(field: models.Field) -> bool:
    """Of one of our kinds, or of a kind that can hold no words. Subclasses are not let through: each is named."""
    return OURS.get(type(field)) is not None or type(field) in PLAIN


FIELDS = [pytest.param(field, id=str(field)) for model in of_the_house() for field in model._meta.get_fields()
          if isinstance(field, models.Field)]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_classified(field):
    assert is_classified(field), f"{field}: say what may be read from it (apps/chronicle/fields.py)"
    if type(field) in OURS:
        assert field.secrecy is OURS[type(field)]


@pytest.mark.parametrize(
    "field", [models.CharField, models.TextField, models.JSONField, models.FloatField, models.DateTimeField,
              models.DecimalField, models.EmailField, models.FileField, models.BinaryField, models.UUIDField]
)  # fmt: skip
def test_a_field_for_free_words_fractions_or_files_would_be_found(field):
    assert not is_classified(field())


@pytest.mark.parametrize("field", [each for each in FIELDS if isinstance(each.values[0], EnumField)])
def test_an_enum_field_names_its_closed_enum(field):
    assert field.of is not None
    assert all(len(member.value) <= field.max_length for member in field.of)


@pytest.mark.parametrize("field", [each for each in FIELDS if isinstance(each.values[0], DurationField)])
def test_a_duration_says_its_unit(field):
    assert field.name.endswith("_ms")


@pytest.mark.parametrize("field", [each for each in FIELDS if isinstance(each.values[0], models.ForeignKey)])
def test_a_foreign_key_protects_and_leads_down(field):
    assert field.remote_field.on_delete is models.PROTECT
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    assert ORDER.index(there) <= ORDER.index(here)


def test_every_app_has_its_place():
    labels = {model._meta.app_label for model in of_the_house()}
    assert labels <= set(ORDER)


def test_every_primary_key_that_is_an_id_is_drawn_and_not_counted():
    """Only the chronicle, what came in, and rows nobody outside speaks of count up."""
    drawn = {model.__name__ for model in of_the_house() if isinstance(model._meta.pk, IdField)}
    assert {"Person", "Officer", "Cell", "Line", "Place", "Area", "Card", "Link", "Warning"} <= drawn


def test_no_migration_is_missing(database):
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


def test_what_django_would_bring_is_not_installed():
    installed = {config.name for config in apps.get_app_configs()}
    assert not installed & {f"django.contrib.{each}" for each in ("auth", "contenttypes", "sessions", "admin")}


def patterns(resolver: URLResolver, before: str = "") -> list[str]:
    found = []
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        found += [route] if isinstance(each, URLPattern) else patterns(each, route)
    return found


IN_AN_ADDRESS = {
    "warning": "str",
    "message": "str",
    "person": "str",
    "token": "str",
    "officer": "str",
    "cell": "str",
    "card": "str",
    "asked": "str",
    "line": "str",
    "batch": "str",
    "number": "int",
    "window": "int",
    "language": "str",
    "path": "path",
}
"""A written id, a one-time token, the number of a stuck fact, a language, a file of our own look."""


def test_no_address_carries_anything_but_an_id_a_token_or_a_number():
    routes = patterns(get_resolver("ojakgyo.config.urls")) + patterns(get_resolver("ojakgyo.apps.vault.sealed_urls"))
    assert "watch/<str:warning>/" in routes
    for route in routes:
        for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route):
            assert IN_AN_ADDRESS.get(name) == (kind or "str"), route


@pytest.mark.parametrize("address", ["/watch/버들/", "/watch/Beodeul/", "/watch/p_0000000000005/", "/watch/w_1/"])
def test_what_stands_for_a_warning_in_an_address_must_be_a_written_id(address):
    match = resolve(address, "ojakgyo.config.urls")
    with pytest.raises(Exception) as refused:
        match.func.__wrapped__(RequestFactory().get(address), **match.kwargs)
    assert isinstance(refused.value, Http404) or refused.value.code == "house.not_found"


SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|CREATE TABLE|CREATE TRIGGER)\s+\w", re.ASCII)


def test_sql_is_written_in_the_store_the_chronicle_and_migrations_only():
    for path in SOURCE.rglob("*.py"):
        place = path.relative_to(SOURCE).as_posix()
        if place.startswith(("store/", "apps/chronicle/")) or "/migrations/" in place:
            continue
        words = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
        assert not [each for each in words if isinstance(each, str) and SQL.search(each)], place
