"""What the figures of the cards stand on: a simulation that reads as the product does, and bounds it must not leave."""

import json

import numpy as np
import pytest

from benchmarks.cards import agreement, blind, captor, keying, naive, people, reading
from benchmarks.cards.figures import Figure, share, wilson
from benchmarks.cards.mistakes import Texts, one_each
from benchmarks.cards.reading import DURESS, OK, Reader
from benchmarks.cards.tables import but, drawn, looked_up, own_numbers, windows

ROWS = 400


@pytest.fixture
def dice() -> np.random.Generator:
    return np.random.default_rng(20_261_127)


@pytest.fixture
def reader(dice) -> Reader:
    return Reader(drawn(ROWS), dice, sample=5)


def test_the_simulation_reads_two_thousand_texts_of_every_kind_as_the_product_does(dice):
    counts = agreement.agreed(drawn(ROWS), dice, 2_000)
    assert counts.sum() == 2_000 and counts.min() >= 20


@pytest.mark.parametrize("rule", ["nearly", "_may_be_one_error", "_whole", "_first"])
def test_a_simulation_that_forgot_a_rule_is_stopped(dice, monkeypatch, rule):
    """The last one: that what answers the challenge goes before all other rows."""
    answers = {"nearly": np.zeros, "_whole": np.ones}

    def forgotten(digits, *rest):
        if rule == "_first":
            return digits.argmax(axis=1)
        if rule == "_may_be_one_error":
            return np.zeros((len(digits), 3), bool)
        return answers[rule](len(digits), bool)

    monkeypatch.setattr(reading, rule, forgotten)
    with pytest.raises(AssertionError, match="simulation and product differ"):
        agreement.agreed(drawn(ROWS), dice, 2_000)


def test_no_more_than_three_of_a_million_texts_are_accepted_as_all_well(reader, dice):
    right = blind.accepted(reader, windows(dice, reader.rows, 300, 3), own_numbers(dice, 300))
    assert 2.9 < right[:, :, 0].sum(axis=1).mean() <= 3.0
    assert 20.5 < right.sum(axis=(1, 2)).mean() <= 21.0


def test_a_text_that_somebody_asked_for_by_voice_is_no_message(reader, dice):
    """Guards are no messages, and what was asked for says no meaning."""
    places, own = windows(dice, reader.rows, 300, 12), own_numbers(dice, 300)
    said = np.column_stack([own, np.full(300, 5, np.int8)])
    asked = np.tile(np.array([1, 5], np.int8), (300, 1))
    texts = Texts.of(looked_up(reader.rows, places[:, 1], said))
    read = reader.read(texts, places, own, asked=asked)
    assert read.is_(OK).all() and (read.meaning == reading.ASKED).all()
    assert not reader.read(texts, places, own).is_(OK).any()


def test_a_goal_shown_beside_what_it_was_not_set_for_is_over_and_a_formula_is_said_to_be_one():
    over = Figure(case="blind", what="9 rows", value=9e-6, at_most=5e-6, beyond=True)
    assert over.met is False and "over, as said" in over.line() and json.loads(over.json())["beyond"]
    said = Figure(case="words", what="a guess", value=0.03, formula=True)
    assert "by formula" in said.line() and json.loads(said.json())["formula"]
    assert "formula" not in json.loads(over.json())


def test_a_false_number_is_never_accepted_in_the_next_row(reader, dice):
    places, own = windows(dice, reader.rows, 20_000, 3), own_numbers(dice, 20_000)
    read = captor.says_well(reader, places, own, but(dice, own))
    assert not read.is_(OK).any() and read.is_(DURESS).mean() > 0.94


def test_one_keying_error_hardly_ever_cries_duress_or_moves_a_message_to_another_group(reader, dice):
    sent, read = keying.sent_and_read(reader, dice, 60_000, people.FINGERS_ONLY)
    assert read.is_(DURESS).mean() <= 1e-3
    assert keying.wrong_group(read, sent.meaning) / 60_000 <= 5e-4


def test_the_naive_scheme_cries_duress_in_a_quarter_of_all_keying_errors(dice):
    sent = naive.messages(dice, 40_000)
    read = naive.read(sent.texts, sent.printed, sent.own)
    assert 0.25 < read.is_(DURESS).mean() < 0.29
    assert 0.09 < keying.wrong_meaning(read, sent.meaning) / 40_000 < 0.13


def test_a_used_text_is_never_accepted_again(reader, dice):
    places, own = windows(dice, reader.rows, 2_000, 4), own_numbers(dice, 2_000)
    old = Texts.of(looked_up(reader.rows, places[:, 0], np.column_stack([own, np.zeros(2_000, np.int8)])))
    assert reader.read(old, places[:, 1:], own, used=np.ones(2_000, bool)).is_(reading.REPLAY).all()


def test_every_mistake_is_one_mistake(dice):
    """Four of five are one wrong digit; nothing grows or shrinks by more than a digit."""
    meant = dice.integers(0, 10, (20_000, 6)).astype(np.int8)
    typed = one_each(dice, meant)
    assert set(typed.lengths) == {5, 6, 7}
    wrong = (typed.digits[:, :6] != meant).sum(axis=1)[typed.lengths == 6]
    assert 0.79 < (wrong == 1).mean() < 0.87 and wrong.max() == 2


def test_nought_of_a_million_is_still_an_interval_and_a_goal_missed_is_said():
    low, high = wilson(0, 1_000_000)
    assert low == 0.0 and 3e-6 < high < 5e-6
    missed = share("blind", "accepted", 7, 1_000_000, at_most=5e-6)
    assert missed.met is False and "NOT MET" in missed.line() and json.loads(missed.json())["met"] is False
    assert Figure(case="timing", what="read", value=1.0).met is None
