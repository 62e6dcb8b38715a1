"""Private questions: what counts as the same answer, what as the desk's own finger, and that all else is duress."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import questions
from ojakgyo.domain.facts import ReadingResult

OK, SLIP, DURESS = ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS
words = st.text(st.sampled_from("abdeghm버들여울강아지노루李王"), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("  the RED  goat. ", "The red goat"),
        ("ｒｅｄ　ｇｏａｔ", "red goat"),
        ("버들골 큰집", "버들골큰집"),
        (unicodedata.normalize("NFD", "버들골"), "버들골"),
        ("at 12:30", "at 12 30"),
        ("١٩٥٨", "1958"),
        ("Straße", "STRASSE"),
        ("王小二", "王 小二"),
    ],
)
def test_case_width_spacing_and_signs_make_no_other_answer(said, answer):
    assert questions.judged(said, [answer]) is OK


@pytest.mark.parametrize("blank", ["", " ", "…", "?!", "\u200b", "🙂"])
def test_an_answer_without_a_letter_is_right_for_nothing(blank):
    assert questions.prepared(blank) == ""
    assert questions.judged(blank, ["goat"]) is DURESS
    assert questions.judged(blank, [blank]) is DURESS


@pytest.mark.parametrize(
    ("said", "answer", "result"),
    [
        ("big brown goar", "big brown goat", SLIP),
        ("big brown gaot", "big brown goat", SLIP),
        ("big brown goa", "big brown goat", SLIP),
        ("big brown goatt", "big brown goat", SLIP),
        ("big brown gota", "big brown goat", SLIP),
        ("big brown gaos", "big brown goat", DURESS),
        ("the goar", "the goat", DURESS),
        ("goatherd", "goatherb", SLIP),
        ("민주", "민수", DURESS),
        ("나미", "나무", DURESS),
        ("명희", "영희", DURESS),
        ("누이", "누나", DURESS),
        ("Anne", "Anna", DURESS),
        ("cat", "car", DURESS),
        ("cats", "cat", DURESS),
        ("버들굴", "버들골", SLIP),
        ("버들", "버들골", DURESS),
        ("함경남도", "함경북도", DURESS),
        ("1957", "1958", DURESS),
        ("1985", "1958", DURESS),
        ("19588", "1958", DURESS),
        ("room 12", "room 13", DURESS),
        ("back roon 12", "back room 12", SLIP),
        ("goat or sheep", "goat", DURESS),
        ("goat", "goat or sheep", DURESS),
    ],
)
def test_one_keying_error_in_the_letters_is_a_slip_and_anything_else_duress(said, answer, result):
    assert questions.judged(said, [answer]) is result


def test_any_of_the_true_answers_will_do_and_a_right_one_goes_before_a_near_one():
    assert questions.judged("brown goat", ["goat", "the goat", "brown goat"]) is OK
    assert questions.judged("goat", ["goal", "goat"]) is OK
    assert questions.judged("goat", []) is DURESS


@given(words, words)
def test_what_is_no_slip_and_not_the_answer_is_duress(said, answer):
    same = questions.prepared(said) == questions.prepared(answer)
    assert (questions.judged(said, [answer]) is OK) is same


@given(words, st.data())
def test_a_slip_goes_both_ways(answer, data):
    place = data.draw(st.integers(0, len(answer)))
    said = answer[:place] + "z" + answer[place:]
    long = len(unicodedata.normalize("NFD", answer)) >= questions.KEYED
    assert questions.judged(said, [answer]) is (SLIP if long else DURESS)
    assert questions.judged(answer, [said]) in (SLIP, DURESS)


@given(st.text(max_size=200), st.lists(st.text(max_size=50), max_size=4))
def test_nothing_that_is_said_breaks_the_judging(said, answers):
    assert questions.judged(said, answers) in (OK, SLIP, DURESS)
