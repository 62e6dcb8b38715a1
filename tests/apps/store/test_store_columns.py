"""Columns as arrays: exact, in the order of the rows, and no null passes for a number."""

import numpy as np
import pytest
from django.db import connection
from django.db.models import Case, Count, F, Value, When
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojakgyo.apps.chronicle.models import Bookmark
from ojakgyo.apps.people.models import Person, PersonRole
from ojakgyo.store import columns as store
from ojakgyo.store.columns import columns

LARGEST = 2**63 - 1


@pytest.fixture
def persons(database):
    """Seven; the third has been forgotten, the fifth was never there."""
    Person.objects.bulk_create(Person(pk=10 * (9 - place), word=place, number=place % 3) for place in range(8))
    Person.objects.filter(word=4).delete()
    Person.objects.filter(word=2).update(forgotten_ms=7)
    return Person.objects.all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(-LARGEST - 1, LARGEST), max_size=12), st.integers(1, 5))
def test_every_number_of_63_bits_comes_back_exactly_in_pieces_of_any_size(database, numbers, at_once):
    Bookmark.objects.all().delete()
    Bookmark.objects.bulk_create(Bookmark(reader=f"tests.{place}", seq=seq) for place, seq in enumerate(numbers))
    before, store.AT_ONCE = store.AT_ONCE, at_once
    try:
        assert columns(Bookmark.objects.all(), seq="int64")["seq"].tolist() == numbers
        assert columns(Bookmark.objects.order_by("seq"), seq="int64")["seq"].tolist() == sorted(numbers)
        assert (
            columns(Bookmark.objects.order_by("-seq")[1:3], seq="int64")["seq"].tolist() == sorted(numbers)[::-1][1:3]
        )
    finally:
        store.AT_ONCE = before


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_pieces_leave_out_no_row_and_none_comes_twice(persons, monkeypatch, at_once):
    monkeypatch.setattr(store, "AT_ONCE", at_once)
    some = persons.exclude(word=0).annotate(odd=Case(When(number=1, then=Value(5)), default=Value(0)))
    found = columns(some, pk="int64", word="int16", odd="int8")
    assert list(zip(*(column.tolist() for column in found.values()), strict=True)) == [
        (10 * (9 - word), word, 5 * (word % 3 == 1)) for word in (1, 2, 3, 5, 6, 7)
    ]


def test_a_small_table_is_one_statement(persons):
    with CaptureQueriesContext(connection) as asked:
        columns(persons, pk="int64")
    assert len(asked) == 1


def test_joins_groups_and_sets_of_distinct_rows_come_whole(persons, monkeypatch):
    monkeypatch.setattr(store, "AT_ONCE", 2)
    PersonRole.objects.bulk_create(
        PersonRole(person=person, role=role) for person in persons for role in ("helper", "enquirer")
    )
    joined = PersonRole.objects.filter(person__word__gt=1).order_by("pk")
    assert columns(joined, person__word="int64")["person__word"].tolist() == [2, 2, 3, 3, 5, 5, 6, 6, 7, 7]
    counted = persons.values("number").annotate(many=Count("pk")).order_by("number")
    assert columns(counted, number="int64", many="int64")["many"].tolist() == [3, 2, 2]
    assert sorted(columns(persons.values("number").distinct(), number="int64")["number"].tolist()) == [0, 1, 2]
    assert columns(PersonRole.objects.all(), person__word="int64")["person__word"].size == 14


def test_no_null_passes_for_a_number(persons):
    with pytest.raises(ValueError, match="null in forgotten_ms"):
        columns(persons, pk="int64", forgotten_ms="int64")
    assert columns(persons.filter(word=2), forgotten_ms="int64")["forgotten_ms"].tolist() == [7]


def test_what_is_no_whole_number_or_does_not_fit_is_refused(persons):
    Bookmark.objects.create(reader="tests.one", seq=1)
    with pytest.raises(ValueError, match="not only whole numbers in reader"):
        columns(Bookmark.objects.all(), reader="int64")
    with pytest.raises(ValueError, match="not only whole numbers in half"):
        columns(persons.annotate(half=F("pk") / 4.0), half="int64")
    with pytest.raises(ValueError, match="does not fit int8"):
        columns(persons.annotate(much=F("pk") + 100), much="int8")


def test_columns_of_no_rows_are_empty_arrays_of_their_type(database):
    for rows in (Person.objects.all(), Person.objects.none(), Person.objects.order_by("pk")):
        found = columns(rows, pk="int64", number="bool")
        assert [(each.dtype, each.size) for each in found.values()] == [(np.int64, 0), (np.bool_, 0)]
