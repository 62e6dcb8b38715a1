"""The golden file of Row card M1. It never changes: printed cards cannot be called back."""

import hashlib
import json
from pathlib import Path

import pytest
import stranger

from ojakgyo.domain.cards import codebook, decode, own_number, replay
from ojakgyo.domain.cards.codebook import WORDS
from ojakgyo.domain.cards.digits import digits_of
from ojakgyo.domain.sealing import ratchet

FILE = Path(__file__).parents[2] / "vectors" / "cards" / "m1.json"
GOLDEN = json.loads(FILE.read_text())
DIGEST = "458081737858deb14b403811eda8fae372013eecdde5938895a260793fd2eecb"


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
    for digits, tag in GOLDEN["tags"].items():
        assert replay.tag_of(digits, key=replay.replay_key(secret)).hex() == tag


@pytest.mark.parametrize("case", GOLDEN["readings"], ids=lambda case: case["why"])
def test_a_golden_text_reads_as_it_always_did(case):
    secret = bytes.fromhex(GOLDEN["secret"])
    key = replay.replay_key(secret)
    card = codebook.numbered(codebook.rows_ahead(ratchet.start(secret), codebook.ROWS), first=0)
    reading = decode.read(
        digits_of(case["text"]),
        rows=[card[number] for number in case["rows"]],
        own_number=own_number.parse(GOLDEN["own_number"]),
        used=replay.UsedTexts(key, frozenset(replay.tag_of(digits, key=key) for digits in case["used"])),
    )
    assert [reading.result, reading.row, reading.meaning] == case["reading"]
