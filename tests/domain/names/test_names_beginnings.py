"""What somebody has typed so far finds the words that begin so, in whatever script and state of typing."""

import unicodedata

import pytest

from ojakgyo.domain.names.beginnings import begun
from ojakgyo.domain.names.words import WORDS


def found(text: str) -> list[str]:
    return [WORDS[place] for place in begun(text).words]


@pytest.mark.parametrize(
    "typed",
    [
        "노을",
        "노",
        "농",
        "노으",
        "ㄴㅇ",
        "ㄴㅗ",
        "noeul",
        "Noe",
        "NOEUL",
        "ｎｏｅｕｌ",
        unicodedata.normalize("NFD", "노을"),
        " 노을 ",
    ],
)
def test_every_way_of_typing_a_word_leads_to_it(typed):
    assert "노을" in found(typed)


def test_every_step_of_typing_every_word_leads_to_it():
    for word in WORDS:
        assert all(word in found(word[:end]) for end in range(1, len(word) + 1)), word


def test_a_word_that_stands_there_whole_comes_before_those_that_go_on():
    assert found("나비")[0] == "나비"
    assert found("bori")[0] == "보리"


@pytest.mark.parametrize(("typed", "fits", "not_fitting"), [("서리5", [5, 51, 599], [0, 15]), ("서리", [0, 7], [])])
def test_a_number_goes_on_as_it_began(typed, fits, not_fitting):
    wanted = begun(typed)
    assert all(map(wanted.fits, fits)) and not any(map(wanted.fits, not_fitting))


def test_the_number_that_was_typed_whole_comes_first():
    wanted, (word, *_) = begun("서리-5"), begun("서리-5").words
    assert sorted([51, 5, 500], key=lambda number: wanted.order(word, number)) == [5, 51, 500]


@pytest.mark.parametrize("typed", ["", "  ", "12", "까치3 483907", "010-1234-5678", "xyz", "버들 여울"])
def test_what_begins_no_word_finds_none(typed):
    assert found(typed) == []
