"""The list of words: frozen, and no two words near enough to be taken for each other."""

from hashlib import sha256
from itertools import combinations, pairwise, product

import pytest

from ojakgyo.domain.names.hangul import letters, syllables
from ojakgyo.domain.names.romanise import romanise
from ojakgyo.domain.names.words import SET_ASIDE, WORDS

FROZEN = 500
DIGEST = "a2c297a4167026f1a2bc34d878d87251f7e9b23c244bbf5461b64886b41d1ae1"
THE_CAST = "버들 여울 해바라기 소나기 두루미 노을 서리 하늘 보람 나래 다솜 까치 모래 갈매 민들레 물레 개울 들꽃 바람"
DRAWN = [word for word in WORDS if word not in SET_ASIDE]


def edits(one: str, other: str) -> int:
    """Letters added, left out or changed on the shortest way from one text to the other."""
    row = list(range(len(other) + 1))
    for across, letter in enumerate(one, 1):
        before, row[0] = row[0], across
        for down, facing in enumerate(other, 1):
            before, row[down] = row[down], min(row[down] + 1, row[down - 1] + 1, before + (letter != facing))
    return row[-1]


def near(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) < 2 and edits(one, other) < 2


def test_words_that_are_stored_keep_their_places_for_ever():
    assert sha256("\n".join(WORDS[:FROZEN]).encode()).hexdigest() == DIGEST


def test_the_names_of_the_cast_are_words_of_the_list():
    assert set(THE_CAST.split()) <= set(WORDS)


def test_every_word_is_two_to_four_whole_syllables():
    assert all(2 <= len(syllables(word)) <= 4 for word in WORDS)


@pytest.mark.parametrize("script", [letters, romanise])
def test_two_words_that_can_be_drawn_differ_by_more_than_one_letter(script):
    written = [script(word) for word in DRAWN]
    assert [pair for pair in combinations(written, 2) if near(*pair)] == []


@pytest.mark.parametrize("script", [letters, romanise])
def test_no_word_begins_with_another_so_a_half_typed_one_is_never_a_whole_one(script):
    written = sorted(script(word) for word in WORDS)
    assert [pair for pair in pairwise(written) if pair[1].startswith(pair[0])] == []


def test_no_word_that_can_be_drawn_is_heard_inside_another():
    assert [(part, whole) for part, whole in product(DRAWN, DRAWN) if part != whole and part in whole] == []


def test_no_word_holds_a_digit_or_a_sign():
    assert all(romanise(word).isalpha() and romanise(word).isascii() for word in WORDS)


def test_no_word_has_the_seam_that_spelling_hides():
    """A tail before 이 야 여 요 유 may gain an ㄴ in a compound; these few are known to be said as they are spelt."""
    known = {"산양", "작약", "석류", "목련", "백일홍", "자운영", "선인장", "소용돌이", "눈석임", "꽃샘추위", "겨우살이"}
    known |= {"달맞이", "봄맞이", "해돋이", "해넘이", "다듬이", "두견이", "곤줄박이", "오목눈이"}
    hidden = {
        word
        for word in WORDS
        for here, after in pairwise(syllables(word))
        if here.tail not in ("", "ㅇ") and after.initial == "ㅇ" and after.vowel in "ㅣㅑㅕㅛㅠ"
    }
    assert hidden <= known
