import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from test_card_codebook import one_error_away

from ojakgyo.domain.cards import codebook, decode, meanings, own_number, replay
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.digits import digits_of, spoken
from ojakgyo.domain.cards.encode import six_digits
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts
from ojakgyo.domain.facts import Meaning, ReadingResult

NOTHING_USED = UsedTexts(bytes(32))
SENT = [meaning for meaning in Meaning if meaning not in meanings.GUARDS]

cards = st.binary(min_size=32, max_size=32).map(lambda state: codebook.rows_ahead(state, codebook.AHEAD))
own_numbers = st.permutations(range(10)).map(lambda order: OwnNumber(order[0], order[1]))
sent = st.sampled_from(SENT)


def read(digits, rows, own, *, first=0, used=NOTHING_USED):
    return decode.read(digits, rows=codebook.numbered(rows, first=first), own_number=own, used=used)


@given(cards, own_numbers, sent, st.integers(0, 100))
def test_what_was_sent_with_the_next_row_is_read(rows, own, meaning, first):
    text = f"쌀 {six_digits(rows[0], own_number=own, meaning=meaning)}원"
    assert read(digits_of(text), rows, own, first=first) == Reading(ReadingResult.OK, first, meaning)


@given(cards, own_numbers, sent)
def test_what_was_read_aloud_is_read(rows, own, meaning):
    said = spoken(six_digits(rows[0], own_number=own, meaning=meaning))
    assert read(digits_of(said), rows, own).result is ReadingResult.OK


@given(cards, own_numbers, sent, st.integers(1, 2))
def test_a_further_row_is_accepted_and_says_which_one_it_is(rows, own, meaning, skipped):
    text = six_digits(rows[skipped], own_number=own, meaning=meaning)
    assume(not any(row.read_back(text) for row in rows[:skipped]))
    assert read(text, rows, own, first=4) == Reading(ReadingResult.OK, 4 + skipped, meaning)


@given(cards, own_numbers, sent)
def test_a_row_passed_over_is_read_while_it_is_handed_in(rows, own, meaning):
    late, *ahead = rows
    text = six_digits(late, own_number=own, meaning=meaning)
    assume(not any(row.read_back(text) for row in ahead))
    handed = [*codebook.numbered(ahead, first=6), (2, late)]
    assert decode.read(text, rows=handed, own_number=own, used=NOTHING_USED) == Reading(ReadingResult.OK, 2, meaning)
    assert read(text, ahead, own, first=6).result is ReadingResult.GARBLED


@given(cards, own_numbers, own_numbers, st.sampled_from(list(Meaning)))
def test_another_number_is_duress_or_a_slip_and_never_well(rows, own, other, meaning):
    assume(own != other)
    reading = read(six_digits(rows[0], own_number=other, meaning=meaning), rows, own)
    assert reading.result in (ReadingResult.DURESS, ReadingResult.SLIP)
    assert reading.result is ReadingResult.SLIP or (reading.row, reading.meaning) == (0, meaning)


@given(cards, own_numbers, sent)
def test_a_number_near_the_own_one_is_a_slip(rows, own, meaning):
    turned = six_digits(rows[0], own_number=OwnNumber(own.second, own.first), meaning=meaning)
    assert read(turned, rows, own) == Reading(ReadingResult.SLIP, 0, meaning)


@given(cards, own_numbers, st.sampled_from(sorted(meanings.GUARDS)))
def test_a_guard_is_a_slip(rows, own, guard):
    assert read(six_digits(rows[0], own_number=own, meaning=guard), rows, own).result is ReadingResult.SLIP


@pytest.mark.parametrize("meaning", SENT)
def test_one_column_beside_a_meaning_is_never_a_meaning_of_another_group(meaning):
    groups = [{"well", "delayed"}, {"danger", "pick_up"}, {"received", "handed_over", "arrived"}]
    group = next(group for group in groups if meaning in group)
    digit = meanings.digit(meaning)
    beside = [meanings.BY_DIGIT[place] for place in (digit - 1, digit + 1) if 0 <= place <= 9]
    assert all(other in group or other in meanings.GUARDS for other in beside)


@given(cards, own_numbers, sent, st.data())
def test_one_keying_error_is_never_taken_for_duress(rows, own, meaning, data):
    right = six_digits(rows[0], own_number=own, meaning=meaning)
    wrong = data.draw(st.sampled_from([text for text in one_error_away(right) if decode.one_keying_error(right, text)]))
    assert read(wrong, rows, own).result is not ReadingResult.DURESS


@pytest.mark.parametrize(
    ("typed", "one"), [("482193", False), ("482190", True), ("842193", True), ("284193", False), ("482100", False)]
)
def test_one_keying_error_is_a_wrong_digit_or_two_neighbours_swapped(typed, one):
    assert decode.one_keying_error("482193", typed) is one


def test_the_own_number_behind_a_nearer_row_that_matches_too_is_a_slip():
    near = codebook.row(bytes(32))
    far = replace(near, cells=near.cells[4:] + near.cells[:4])
    text = six_digits(far, own_number=OwnNumber(1, 2), meaning=Meaning.WELL)
    assert text == six_digits(near, own_number=OwnNumber(5, 6), meaning=Meaning.PICK_UP)
    assert read(text, [near, far], OwnNumber(1, 2)) == Reading(ReadingResult.SLIP, 1, Meaning.WELL)
    assert read(text, [far, near], OwnNumber(1, 2)) == Reading(ReadingResult.OK, 0, Meaning.WELL)


@given(cards, own_numbers, own_numbers, sent)
def test_a_text_used_before_is_a_replay_whatever_it_said(rows, own, given_number, meaning):
    text = six_digits(rows[0], own_number=given_number, meaning=meaning)
    key = replay.replay_key(bytes(32))
    used = UsedTexts(key, frozenset({replay.tag_of(text, key=key)}))
    assert read(text, rows, own, used=used) == Reading(ReadingResult.REPLAY)
    assert read(text, rows, own, used=UsedTexts(bytes(32), used.tags)).result is not ReadingResult.REPLAY


def test_a_used_text_is_known_by_sixteen_bytes_that_show_nothing():
    key = replay.replay_key(bytes(32))
    used = UsedTexts(key, frozenset({replay.tag_of("482193", key=key)}))
    assert {len(tag) for tag in used.tags} == {16}
    assert repr(used) == "UsedTexts()"


def test_digits_of_no_row_are_garbled():
    rows = codebook.rows_ahead(bytes(32), 3)
    double = next(text for text in ("000000", "111111") if not any(row.read_back(text) for row in rows))
    assert read(double, rows, OwnNumber(3, 7)) == Reading(ReadingResult.GARBLED)
    assert read("123456", [], OwnNumber(3, 7)) == Reading(ReadingResult.GARBLED)


@pytest.mark.parametrize("digits", ["", "12345", "1234567", "12345678", "12a456", "１２３４５６", "٤٨٢١٩٣", "      "])
def test_anything_but_six_plain_digits_is_malformed(digits):
    assert read(digits, codebook.rows_ahead(bytes(32), 3), OwnNumber(3, 7)) == Reading(ReadingResult.MALFORMED)


@given(st.text(st.characters(codec=None)), own_numbers)
@example("\ud800" * 6, OwnNumber(0, 1))
@example("²²²²²²", OwnNumber(0, 1))
def test_no_text_whatever_raises(text, own):
    rows = codebook.rows_ahead(bytes(32), 3)
    for digits in (text, digits_of(text)):
        assert read(digits, rows, own).result in ReadingResult


def test_blind_guesses_and_false_numbers_do_not_pass_for_well():
    chance = random.Random(20261124)
    card = [codebook.row(chance.randbytes(32)) for _ in range(500)]
    results = Counter()
    for _ in range(10_000):
        rows, own = chance.sample(card, 3), own_number.draw(chance.randbytes)
        guess = read(f"{chance.randrange(10**6):06}", rows, own)
        results["guessed well"] += (guess.result, guess.meaning) == (ReadingResult.OK, Meaning.WELL)
        false = own_number.draw_false(own, chance.randbytes)
        results[read(six_digits(rows[0], own_number=false, meaning=Meaning.WELL), rows, own).result] += 1
    assert results["guessed well"] < 10  # below 1e-3; 3e-6 is what to expect
    assert results[ReadingResult.OK] == 0
    assert results[ReadingResult.DURESS] > 9_900
