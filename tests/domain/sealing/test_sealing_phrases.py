"""Passphrases by lot, and what the words become before they are stretched."""

import itertools
import unicodedata

import pytest

from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.sealing import phrases, primitives, stretching
from ojakgyo.domain.sealing.stretching import FLOOR, SIGN_IN, UNSEAL, Cost, stretch

LIST = [f"word{place}" for place in range(1_000)]


def test_a_phrase_has_as_many_words_as_were_asked_for():
    count = itertools.count(1)
    phrase = phrases.draw(LIST, 8, lambda n: next(count).to_bytes(n, "big"))
    assert phrase == " ".join(f"word{place}" for place in range(1, 9))


def test_a_draw_that_would_favour_the_first_words_is_drawn_again():
    draws = iter([b"\xff\xff\xff\xff", b"\0\0\0\x05"])
    assert phrases.draw(LIST, 1, lambda n: next(draws)) == "word5"


def test_eight_words_of_1024_are_worth_80_bits():
    assert phrases.bits(["w"] * 1_024, 8) == 80
    assert phrases.bits(["w"] * 1_000, 8) == 79


def test_blanks_between_and_around_the_words_do_not_matter():
    assert phrases.tidy("  acid\tacne\n academic\u3000acid ") == "acid acne academic acid"


def test_a_phrase_typed_on_a_mac_is_the_same_as_on_any_other_machine(monkeypatch):
    monkeypatch.setattr(primitives, "stretch", lambda words, salt, **cost: words)
    whole, apart = unicodedata.normalize("NFC", "버들강아지"), unicodedata.normalize("NFD", "버들강아지")
    assert whole != apart
    assert stretch(whole, bytes(16), FLOOR) == stretch(apart, bytes(16), FLOOR)


def test_the_cost_reaches_argon2_as_it_stands(monkeypatch):
    asked = {}
    monkeypatch.setattr(primitives, "stretch", lambda words, salt, **cost: asked.update(cost))
    stretch("words", bytes(16), SIGN_IN)
    assert asked == {"memory_kib": 128 * 1024, "rounds": 3, "lanes": 1}


@pytest.mark.parametrize(
    "cost",
    [
        (64 * 1024 - 1, 3, 1),
        (2048 * 1024 + 1, 3, 1),
        (64 * 1024, 2, 1),
        (64 * 1024, 17, 1),
        (64 * 1024, 3, 0),
        (64 * 1024, 3, 9),
        (True, 3, 1),
        (64.0 * 1024, 3, 1),
        (64 * 1024, "3", 1),
        (64 * 1024, 3, None),
    ],
)
def test_a_cost_outside_the_bounds_is_refused_before_any_work(cost):
    with pytest.raises(Damaged, match=r"vault\.parameters"):
        Cost(*cost)


def test_the_costs_of_the_house_lie_within_the_bounds():
    assert (FLOOR.memory_kib, SIGN_IN.memory_kib, UNSEAL.memory_kib) == (64 * 1024, 128 * 1024, 1024 * 1024)


def test_a_salt_of_another_length_is_a_wrong_call():
    with pytest.raises(ValueError, match="16"):
        stretching.stretch("words", bytes(15), FLOOR)


@pytest.mark.parametrize("typed", ["six short words do hold up", "a" * 20, "가" * 20])
def test_six_words_or_twenty_letters_are_enough_for_the_house(typed):
    assert phrases.own_passphrase(typed) == typed


@pytest.mark.parametrize("typed", ["", "a" * 19, " " * 40, "not five words", unicodedata.normalize("NFD", "가" * 19)])
def test_fewer_are_refused_however_they_are_typed(typed):
    with pytest.raises(Refused, match=r"vault\.passphrase_short"):
        phrases.own_passphrase(typed)


def test_a_password_has_twelve_letters():
    assert phrases.own_password("twelveletter") == "twelveletter"
    with pytest.raises(Refused, match=r"vault\.password_short"):
        phrases.own_password("elevenlette")
