"""The golden file of Row card M1. It never changes: printed cards cannot be called back."""

import hashlib
import json
from pathlib import Path

import pytest
import stranger

from ojakgyo.domain.cards import challenge, codebook, decode, own_number, replay
from ojakgyo.domain.cards.challenge import Challenge
from ojakgyo.domain.cards.codebook import WORDS
from ojakgyo.domain.cards.digits import digits_of
from ojakgyo.domain.sealing import ratchet

FILE = Path(__file__).parents[2] / "vectors" / "cards" / "m1.json"
GOLDEN = json.loads(FILE.read_text())
DIGEST = "76290021045a8242bd3120e76c75203f5504223899695291ba4eb212cb85a483"


def written(row):
    return {
        "cells": [f"{cell:02}" for cell in row.cells],
        "answers": [row.answer(word) for word in WORDS],
        "gap": row.gap,
        "hour": row.hour,
    }


def test_the_golden_file_is_the_one_that_was_released():
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == DIGEST


def test_rows_and_states_are_the_ones_that_were_printed():
    state = ratchet.start(bytes.fromhex(GOLDEN["secret"]))
    for expected in GOLDEN["rows"]:
        assert state.hex() == expected["state"]
        assert written(codebook.row(state)) == {name: expected[name] for name in ("cells", "answers", "gap", "hour")}
        state = ratchet.step(state)


def test_a_stranger_draws_the_same_golden_rows():
    state = stranger.first_state(bytes.fromhex(GOLDEN["secret"]))
    for expected in GOLDEN["rows"]:
        assert {"state": state.hex(), **stranger.row(state)} == expected
        state = stranger.next_state(state)


def test_tags_are_the_ones_that_were_kept():
    secret = bytes.fromhex(GOLDEN["secret"])
    assert replay.replay_key(secret).hex() == stranger.replay_key(secret).hex() == GOLDEN["replay_key"]
    for digits, tag in (GOLDEN["tags"] | GOLDEN["more_tags"]).items():
        assert replay.tag_of(digits, key=replay.replay_key(secret)).hex() == tag


@pytest.mark.parametrize("number", GOLDEN["packed"])
def test_a_row_passed_over_is_kept_as_it_always_was(number):
    state = codebook.state_after(ratchet.start(bytes.fromhex(GOLDEN["secret"])), int(number))
    assert codebook.packed(codebook.row(state)) == GOLDEN["packed"][number]


def read(case, own):
    secret = bytes.fromhex(GOLDEN["secret"])
    key = replay.replay_key(secret)
    card = codebook.numbered(codebook.rows_ahead(ratchet.start(secret), codebook.ROWS), first=0)
    reading = decode.read(
        digits_of(case["text"]),
        rows=[card[number] for number in case["rows"]],
        own_number=own_number.parse(own),
        used=replay.UsedTexts(key, frozenset(replay.tag_of(digits, key=key) for digits in case["used"])),
        challenge=Challenge(*case["challenge"]) if "challenge" in case else None,
    )
    return [reading.result, reading.row, reading.meaning, list(reading.suffix), reading.challenge]


@pytest.mark.parametrize("case", GOLDEN["readings"], ids=lambda case: case["why"])
def test_a_golden_text_reads_as_it_always_did(case):
    assert read(case, GOLDEN["own_number"]) == [*case["reading"], [], False]


@pytest.mark.parametrize("case", GOLDEN["messages"] + GOLDEN["challenges"], ids=lambda case: case["why"])
def test_a_golden_text_with_a_suffix_or_an_answer_reads_as_it_always_did(case):
    assert read(case, GOLDEN["own_number"]) == case["reading"]


@pytest.mark.parametrize("case", GOLDEN["of_three"], ids=lambda case: case["why"])
def test_a_golden_text_of_an_own_number_of_three_digits_reads_as_it_always_did(case):
    assert read(case, GOLDEN["own_number_of_three"]) == case["reading"]


@pytest.mark.parametrize(("text", "digits"), GOLDEN["digits"])
def test_a_golden_text_holds_the_digits_it_always_did(text, digits):
    assert digits_of(text) == digits


def these(octets):
    """Randomness that gives these bytes, and no more."""
    left = iter(bytes.fromhex(octets))
    return lambda count: bytes(next(left) for _ in range(count))


def test_what_is_drawn_from_given_bytes_is_what_it_always_was():
    for digits, octets, number in GOLDEN["numbers_drawn"]:
        assert own_number.draw(these(octets), digits).written() == number
    for own, octets, number in GOLDEN["false_numbers_drawn"]:
        assert own_number.draw_false(own_number.parse(own), these(octets)).written() == number
    for first, left, octets, asked in GOLDEN["challenges_drawn"]:
        assert challenge.draw(these(octets), first, left=left) == Challenge(*asked)
