import itertools

import pytest
import stranger
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import codebook
from ojakgyo.domain.cards.codebook import WORDS
from ojakgyo.domain.sealing import ratchet

states = st.binary(min_size=32, max_size=32)
rows = states.map(codebook.row)


def one_error_away(text):
    """Every text that one wrong digit, two swapped neighbours or a twin (aa for bb) makes of this one."""
    for place, digit in itertools.product(range(len(text)), "0123456789"):
        yield text[:place] + digit + text[place + 1 :]
    for place in range(len(text) - 1):
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if text[place] == text[place + 1]:
            yield from (text[:place] + 2 * digit + text[place + 2 :] for digit in "0123456789")


@given(rows)
def test_no_single_error_turns_a_cell_into_another_cell_of_the_row(row):
    cells = {f"{cell:02}" for cell in row.cells}
    assert len(cells) == 10
    assert all({*one_error_away(cell)} & cells == {cell} for cell in cells)


@given(rows, st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_no_single_error_turns_a_text_into_another_text_of_the_row(row, digits):
    text = row.looked_up(digits)
    assert row.read_back(text) == tuple(digits)
    assert all(row.read_back(wrong) is None for wrong in one_error_away(text) if wrong != text)


@given(rows)
def test_no_single_error_turns_one_answer_of_the_desk_into_another(row):
    said = {row.answer(word) for word in WORDS}
    assert len(said) == 3
    assert all({*one_error_away(answer)} & said == {answer} for answer in said)


@given(rows)
def test_the_next_contact_is_five_to_nine_days_away_at_one_of_seven_hours(row):
    assert row.gap in range(5, 10)
    assert row.hour in (6, 7, 12, 13, 19, 20, 21)


@given(states)
def test_a_stranger_who_reads_the_reference_draws_the_same_rows(secret):
    ours, theirs = ratchet.start(secret), stranger.first_state(secret)
    for row in codebook.rows_ahead(ours, 3):
        drawn = stranger.row(theirs)
        assert [f"{cell:02}" for cell in row.cells] == drawn["cells"]
        assert [row.answer(word) for word in WORDS] == drawn["answers"]
        assert (row.gap, row.hour) == (drawn["gap"], drawn["hour"])
        theirs = stranger.next_state(theirs)


@given(states, st.integers(0, 8))
def test_the_state_after_some_rows_draws_the_rest_and_none_of_those(state, used):
    card = codebook.rows_ahead(state, codebook.ROWS)
    later = codebook.rows_ahead(codebook.state_after(state, used), codebook.ROWS)
    assert later[: codebook.ROWS - used] == card[used:]
    assert not set(card[:used]) & set(later)


def test_each_column_has_a_label_of_its_own(monkeypatch):
    asked = []
    column = ratchet.column
    monkeypatch.setattr(ratchet, "column", lambda state, label: asked.append(label) or column(state, label))
    codebook.row(bytes(32))
    assert sorted(asked) == ["answers", "cells", "gap", "hour"]


def test_rows_are_numbered_from_the_one_that_is_next():
    card = codebook.rows_ahead(bytes(32), 3)
    assert codebook.numbered(card, first=7) == ((7, card[0]), (8, card[1]), (9, card[2]))


def test_a_row_shows_nothing_when_it_is_printed():
    row = codebook.row(bytes(32))
    assert repr(row) == str(row) == f"{row}" == "Row()"


@given(rows)
def test_a_row_passed_over_is_kept_without_its_state(row):
    assert codebook.unpacked(codebook.packed(row)) == row


@pytest.mark.parametrize("written", ["", "1" * 29, "1" * 31, "x" * 30, "１" * 30])
def test_what_is_no_packed_row_is_refused(written):
    with pytest.raises(ValueError, match="30 digits"):
        codebook.unpacked(written)
