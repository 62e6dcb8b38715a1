"""Numbers in national form are offered as of a country, by row, column or shape; nothing else is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.intake import phones


@pytest.mark.parametrize(
    ("written", "of", "e164", "country"),
    [
        ("010-1234-5678", None, "+821012345678", "KR"),
        ("1012345678", None, "+821012345678", "KR"),  # a spreadsheet ate the 0
        ("０１０−１２３４−５６７８", None, "+821012345678", "KR"),
        ("138 1234 5678", None, "+8613812345678", "CN"),
        ("8613812345678", None, "+8613812345678", "CN"),
        ("0086 138 1234 5678", None, "+8613812345678", None),
        ("+86 138 1234 5678", "KR", "+8613812345678", None),
        ("+82 (0)10-1234-5678", None, "+821012345678", None),
        ("02-123-4567", "KR", "+8221234567", "KR"),
    ],
)
def test_a_number_and_the_country_it_was_taken_for(written, of, e164, country):
    found = phones.read(written, of)
    assert (found.e164, found.country) == (e164, country)


@pytest.mark.parametrize(
    ("written", "of"),
    [("02-123-4567", None), ("12", "KR"), ("hello", "KR"), ("+99912345678", None), ("8.61E+12", None), ("=1+1", None),
     ("1381234567O", "CN"), ("", "KR")],
)  # fmt: skip
def test_what_cannot_be_understood_is_not_made_up(written, of):
    assert phones.read(written, of) is None


def test_digits_that_a_spreadsheet_lost_are_seen():
    assert phones.is_cut("8.6138E+12")
    assert not phones.is_cut("138 1234 5678")


def test_countries_in_three_languages():
    assert [phones.country(each) for each in ("한국", "중국", "CN", "china", "+82", "mn", "Atlantis")] == [
        "KR", "CN", "CN", "CN", "KR", "MN", None]  # fmt: skip


@given(st.integers(13_000_000_000, 13_999_999_999), st.sampled_from(["{}", "+86{}", "+86 {}", "86{}", "0086{}"]))
def test_a_chinese_mobile_comes_to_one_form_however_it_is_written(digits, writing):
    found = phones.read(writing.format(digits), None)
    assert found is None or found.e164 == f"+86{digits}"


@given(st.text(max_size=30), st.sampled_from([None, "KR", "CN", "MN"]))
def test_anything_at_all_is_a_number_or_none(text, of):
    found = phones.read(text, of)
    assert found is None or (found.e164[0] == "+" and found.e164[1:].isdigit() and len(found.e164) <= 16)
