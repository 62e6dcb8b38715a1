"""Code names: drawn once, shown in two scripts, understood however they are typed."""

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.names.codename import LARGEST, CodeName, candidates, draw, parse, split
from ojakgyo.domain.names.words import SET_ASIDE, WORDS

MAGPIE = CodeName.of("까치", 3)
names = st.builds(CodeName, st.integers(0, len(WORDS) - 1), st.none() | st.integers(1, LARGEST))


def stream(seed: str):
    """Bytes that look random and are the same each time."""
    count = iter(range(10**9))
    return lambda n: sha256(f"{seed} {next(count)}".encode()).digest()[:n]


@given(names)
def test_what_is_shown_in_either_script_is_understood_again(name):
    assert parse(name.ko) == parse(name.en) == name


@given(names)
def test_what_a_row_keeps_gives_the_name_back(name):
    assert CodeName(*name.stored) == name


def test_a_word_alone_is_stored_with_the_number_nought():
    assert CodeName.of("버들").stored == (0, 0)
    assert CodeName(0, 0) == CodeName(0)


def test_the_screen_shows_hangul_or_latin_letters_with_a_hyphen():
    assert (CodeName.of("서리", 5).ko, CodeName.of("서리", 5).en) == ("서리-5", "Seori-5")
    assert (CodeName.of("버들").ko, CodeName.of("버들").en) == ("버들", "Beodeul")


@pytest.mark.parametrize(
    "typed",
    [
        "까치3",
        "까치 3",
        "까치-3",
        " 까치- 3 ",
        "까치–3",
        "까치3",
        "Kkachi-3",
        "kkachi3",
        "KKACHI 3",
        "ㄲㅏㅊㅣ3",
        "ㄲㅊ3",
        "ㄲㅊ-3",
    ],
)
def test_a_name_is_understood_however_it_is_typed(typed):
    assert parse(typed) == MAGPIE


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@given(name=names)
def test_a_name_is_understood_in_every_unicode_form(form, name):
    assert parse(unicodedata.normalize(form, name.ko)) == name


def test_letters_typed_loose_are_understood_as_the_word():
    assert parse("ㅂㅓㄷㅡㄹ") == CodeName.of("버들")


@pytest.mark.parametrize(
    "text", ["", "3", "까치 483907", "까치1000", "까치0", "까치03", "까치3!", "Magpie", "까치 버들", "까치_3", "ㄲㅏ"]
)
def test_what_is_no_code_name_is_none(text):
    assert parse(text) is None


def test_opening_letters_that_fit_several_words_name_them_all_and_choose_none():
    """ㄴㅇ opens 노을 and others."""
    several = candidates("ㄴㅇ")
    assert CodeName.of("노을") in several
    assert len(several) > 1
    assert parse("ㄴㅇ") is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("까치3 483907", ("까치3", "483907")),
        ("까치 3 483907", ("까치 3", "483907")),
        ("까치 483907", ("까치", "483907")),
        ("  Kkachi-3\t48 39 07 ", ("Kkachi-3", "48 39 07 ")),
        ("ㄲㅊ3 483907", (unicodedata.normalize("NFKC", "ㄲㅊ3"), "483907")),
        ("버들", ("버들", "")),
        ("까치3483907", None),
        ("483907", None),
    ],
)
def test_a_typed_line_falls_into_code_name_and_the_rest(line, parts):
    assert split(line) == parts


def test_a_name_is_never_given_twice_and_a_word_set_aside_never():
    randomness, taken = stream("many"), set()
    for _ in range(2_500):
        drawn = draw(randomness, taken)
        assert drawn not in taken
        taken.add(drawn)
    assert not {WORDS[name.word] for name in taken} & SET_ASIDE


def test_bare_words_come_first_then_the_shortest_numbers():
    bare = {CodeName(place) for place in range(len(WORDS))}
    assert draw(stream("first"), set()).number is None
    assert 1 <= draw(stream("second"), bare).number <= 9


def test_the_same_randomness_draws_the_same_name():
    assert draw(stream("again"), set()) == draw(stream("again"), set())


class Everything:
    def __contains__(self, name: object) -> bool:
        return True


def test_when_every_name_is_taken_it_says_so():
    with pytest.raises(ValueError, match="taken"):
        draw(stream("none"), Everything())


@pytest.mark.parametrize(("word", "number"), [(-1, None), (len(WORDS), None), (0, -1), (0, LARGEST + 1)])
def test_a_code_name_outside_the_list_cannot_be_made(word, number):
    with pytest.raises(ValueError, match="code name"):
        CodeName(word, number)
