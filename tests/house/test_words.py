"""Every sentence on a screen has its Korean, and the compiled catalogue says the same."""

import re

from house import catalogue
from ojakgyo.web.words import WORDS

HANGUL = re.compile("[가-힣ㄱ-ㅎ]")
FILLED_IN = re.compile(r"%\((\w+)\)")
NOT_ON_SCREEN = re.compile(r"\b(suspect|asset|agent|compromised|stand down)", re.IGNORECASE)


def test_every_sentence_has_its_korean():
    assert catalogue.missing() == []


def test_no_korean_stands_for_a_sentence_that_is_no_longer_said():
    assert catalogue.unsaid() == []


def test_the_compiled_catalogue_is_fresh():
    assert catalogue.is_fresh(), "run: python tests/house/catalogue.py --write"


def test_korean_is_written_in_hangul_and_fills_in_what_english_fills_in():
    for (_, message), korean in catalogue.translated(catalogue.korean()).items():
        english = message if isinstance(message, str) else message[-1]
        assert set(FILLED_IN.findall(korean)) <= set(FILLED_IN.findall(english)), english
        assert HANGUL.search(korean) or FILLED_IN.search(korean) or "%" in korean, english


def test_the_words_that_must_not_be_on_screen_are_not_said():
    for _, message in catalogue.said():
        for sentence in [message] if isinstance(message, str) else message:
            assert "!" not in sentence and not NOT_ON_SCREEN.search(sentence), sentence


def test_every_member_of_a_closed_list_has_its_word():
    for kind, words in WORDS.items():
        assert set(words) == set(kind), kind
