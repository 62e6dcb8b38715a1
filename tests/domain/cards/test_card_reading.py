import itertools
import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ojakgyo.domain.cards import codebook, decode, encode, meanings, messages, own_number, replay
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.digits import digits_of, spoken
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts
from ojakgyo.domain.facts import Meaning, ReadingResult

NOTHING_USED = UsedTexts(bytes(32))
SENT = [meaning for meaning in Meaning if meaning not in meanings.GUARDS]

cards = st.binary(min_size=32, max_size=32).map(lambda state: codebook.rows_ahead(state, codebook.AHEAD))
own_numbers = st.tuples(st.permutations(range(10)), st.sampled_from(own_number.COUNTS)).map(
    lambda drawn: OwnNumber(tuple(drawn[0][: drawn[1]]))
)
sent = st.sampled_from(SENT)


@st.composite
def said(draw):
    """A meaning, and a suffix that it takes."""
    meaning = draw(sent)
    count = draw(st.sampled_from(sorted(messages.SUFFIX[meaning])))
    return meaning, tuple(draw(st.lists(st.integers(0, 9), min_size=count, max_size=count)))


def keying_errors(text):
    """What one wrong digit, or two neighbours swapped, make of this text."""
    for place, digit in itertools.product(range(len(text)), "0123456789"):
        yield text[:place] + digit + text[place + 1 :]
    for place in range(len(text) - 1):
        yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def right(row, own, what):
    """Its digits; but for amounts that begin as a code does, which read as a second code."""
    assume(not messages.is_second_code(what[1], own))
    return encode.text(row, own_number=own, meaning=what[0], suffix=what[1])


def read(digits, rows, own, *, first=0, used=NOTHING_USED, challenge=None):
    handed = codebook.numbered(rows, first=first)
    return decode.read(digits, rows=handed, own_number=own, used=used, challenge=challenge)


@given(cards, own_numbers, said(), st.integers(0, 100))
def test_what_was_sent_with_the_next_row_is_read(rows, own, what, first):
    text = f"쌀 {right(rows[0], own, what)}원"
    assert read(digits_of(text), rows, own, first=first) == Reading(ReadingResult.OK, first, *what)


@given(cards, own_numbers, said(), st.sampled_from(["ko", "zh"]))
def test_what_was_read_aloud_is_read(rows, own, what, tongue):
    aloud = spoken(right(rows[0], own, what), tongue)
    assert read(digits_of(aloud), rows, own).result is ReadingResult.OK


@given(cards, own_numbers, sent, st.integers(1, 2))
def test_a_further_row_is_accepted_and_says_which_one_it_is(rows, own, meaning, skipped):
    text = encode.text(rows[skipped], own_number=own, meaning=meaning)
    assume(not any(row.read_back(text) for row in rows[:skipped]))
    assert read(text, rows, own, first=4) == Reading(ReadingResult.OK, 4 + skipped, meaning)


@given(cards, own_numbers, sent)
def test_a_row_passed_over_is_read_while_it_is_handed_in(rows, own, meaning):
    late, *ahead = rows
    text = encode.text(late, own_number=own, meaning=meaning)
    assume(not any(row.read_back(text) for row in ahead))
    handed = [*codebook.numbered(ahead, first=6), (2, late)]
    assert decode.read(text, rows=handed, own_number=own, used=NOTHING_USED) == Reading(ReadingResult.OK, 2, meaning)
    assert read(text, ahead, own, first=6).result is ReadingResult.GARBLED


@given(cards, own_numbers, said(), st.data())
def test_another_number_is_duress_or_a_slip_and_never_well(rows, own, what, data):
    other = data.draw(own_numbers.filter(lambda drawn: len(drawn.digits) == len(own.digits) and drawn != own))
    reading = read(right(rows[0], other, what), rows, own)
    assert reading.result in (ReadingResult.DURESS, ReadingResult.SLIP)
    assert reading.result is ReadingResult.SLIP or reading == Reading(ReadingResult.DURESS, 0, *what)


@given(cards, own_numbers, said())
def test_a_number_near_the_own_one_is_a_slip(rows, own, what):
    first, second, *rest = own.digits
    exchanged = right(rows[0], OwnNumber((second, first, *rest)), what)
    assert read(exchanged, rows, own) == Reading(ReadingResult.SLIP, 0, *what)


@given(cards, own_numbers, st.sampled_from(sorted(meanings.GUARDS)))
def test_a_guard_is_a_slip(rows, own, guard):
    assert read(encode.text(rows[0], own_number=own, meaning=guard), rows, own).result is ReadingResult.SLIP


@pytest.mark.parametrize("meaning", SENT)
def test_one_column_beside_a_meaning_is_never_a_meaning_of_another_group(meaning):
    groups = [{"well", "delayed"}, {"danger", "pick_up"}, {"received", "handed_over", "arrived"}]
    group = next(group for group in groups if meaning in group)
    digit = meanings.digit(meaning)
    beside = [meanings.BY_DIGIT[place] for place in (digit - 1, digit + 1) if 0 <= place <= 9]
    assert all(other in group or other in meanings.GUARDS for other in beside)


@given(cards, own_numbers, said(), st.data())
def test_one_keying_error_is_never_taken_for_duress(rows, own, what, data):
    text = right(rows[0], own, what)
    wrong = data.draw(st.sampled_from(sorted({*keying_errors(text)} - {text})))
    assert read(wrong, rows, own).result is not ReadingResult.DURESS


@pytest.mark.parametrize("what", [(Meaning.WELL, ()), (Meaning.RECEIVED, (4, 0)), (Meaning.HANDED_OVER, (0, 8))])
def test_each_keying_error_is_found_even_if_it_fits_another_row(what):
    own, near = OwnNumber((3, 7)), codebook.row(bytes(32))
    text = encode.text(near, own_number=own, meaning=what[0], suffix=what[1])
    for wrong in {*keying_errors(text)} - {text}:
        pairs = [int(wrong[place : place + 2]) for place in range(0, len(wrong), 2)]
        far = replace(near, cells=tuple({**dict.fromkeys(pairs), **dict.fromkeys(range(100))})[:10])
        assert far.read_back(wrong)[:2] in {(0, 1), (0, 0)}
        found = read(wrong, [near, far], own)
        assert (found.result, found.row, found.suffix) == (ReadingResult.SLIP, 0, ())


def test_two_keying_errors_are_not_looked_for():
    own, near = OwnNumber((3, 7)), codebook.row(bytes(32))
    text = encode.text(near, own_number=own, meaning=Meaning.WELL)
    wrong = "".join(str((int(digit) + 1) % 10) if place in (0, 4) else digit for place, digit in enumerate(text))
    far = replace(near, cells=tuple(int(wrong[place : place + 2]) for place in (0, 2, 4)) + near.cells[:1] * 7)
    assert read(wrong, [near, far], own) == Reading(ReadingResult.DURESS, 1, Meaning.GUARD_2)


@given(cards, own_numbers, st.sampled_from(list(Meaning)), st.integers(0, messages.LONGEST))
def test_more_behind_a_meaning_than_it_takes_is_a_slip(rows, own, meaning, count):
    digits = (*own.digits, meanings.digit(meaning), *range(count))
    assume(count != len(own.digits) + 1 or own.digits != tuple(range(count - 1)))
    reading = read(rows[0].looked_up(digits), rows, own)
    certain = meaning not in meanings.GUARDS and count in messages.SUFFIX[meaning]
    assert reading == Reading(ReadingResult.OK if certain else ReadingResult.SLIP, 0, meaning, tuple(range(count)))


@given(cards, own_numbers, sent, st.sampled_from(list(Meaning)))
def test_two_codes_of_one_row_in_one_text_are_never_taken_for_an_amount(rows, own, one, other):
    text = rows[0].looked_up((*own.digits, meanings.digit(one), *own.digits, meanings.digit(other)))
    reading = read(text, rows, own)
    expected = Reading(ReadingResult.SLIP, 0, one, (*own.digits, meanings.digit(other)))
    assert reading == (Reading(ReadingResult.OK, 0, one) if one is other else expected)


def test_an_amount_that_begins_as_a_code_does_is_said_with_a_nought_before_it():
    own, row = OwnNumber((3, 7)), codebook.row(bytes(32))
    for number in range(370, 380):
        bare, longer = (messages.suffix(Meaning.RECEIVED, number, own_number=known) for known in (None, own))
        text = encode.text(row, own_number=own, meaning=Meaning.RECEIVED, suffix=longer)
        assert messages.amount(read(text, [row], own)) == number
        wrong = encode.text(row, own_number=own, meaning=Meaning.RECEIVED, suffix=bare)
        assert messages.amount(read(wrong, [row], own)) is None


@given(cards, own_numbers, said())
def test_a_code_written_twice_is_that_code_and_known_as_it(rows, own, what):
    text = right(rows[0], own, what)
    key = replay.replay_key(bytes(32))
    assert read(text * 2, rows, own) == Reading(ReadingResult.OK, 0, *what)
    assert replay.tag_of(text * 2, key=key) == replay.tag_of(text, key=key)
    assert read(text * 3, rows, own).result is not ReadingResult.OK


@given(cards, own_numbers, said(), said())
def test_two_codes_of_two_rows_in_one_text_are_never_taken_for_either(rows, own, one, other):
    text = right(rows[0], own, one) + right(rows[1], own, other)
    assume(not any(row.read_back(text) for row in rows))
    assert read(text, rows, own).result in (ReadingResult.GARBLED, ReadingResult.MALFORMED)


def test_the_own_number_behind_a_nearer_row_that_matches_too_is_a_slip():
    near = codebook.row(bytes(32))
    far = replace(near, cells=near.cells[4:] + near.cells[:4])
    text = encode.text(far, own_number=OwnNumber((1, 2)), meaning=Meaning.WELL)
    assert text == encode.text(near, own_number=OwnNumber((5, 6)), meaning=Meaning.PICK_UP)
    assert read(text, [near, far], OwnNumber((1, 2))) == Reading(ReadingResult.SLIP, 1, Meaning.WELL)
    assert read(text, [far, near], OwnNumber((1, 2))) == Reading(ReadingResult.OK, 0, Meaning.WELL)


@given(cards, own_numbers, said(), st.data())
def test_a_text_used_before_is_a_replay_whatever_it_said(rows, own, what, data):
    text = right(rows[0], data.draw(own_numbers.filter(lambda drawn: len(drawn.digits) == len(own.digits))), what)
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
    assert read(double, rows, OwnNumber((3, 7))) == Reading(ReadingResult.GARBLED)
    assert read("123456", [], OwnNumber((3, 7))) == Reading(ReadingResult.GARBLED)


def test_halves_of_odd_length_are_no_code_written_twice():
    rows = codebook.rows_ahead(bytes(32), 3)
    assert read("1234567" * 2, rows, OwnNumber((3, 7))) == Reading(ReadingResult.GARBLED)
    assert replay.once("1234567" * 2) == "1234567" * 2


@pytest.mark.parametrize(
    "digits",
    ["", "12345", "1234567", "1" * 15, "12" * 7 + "34", "12a456", "１２３４５６", "٤٨٢١٩٣", "      ", "9" * 100_000],
)
def test_what_cannot_be_a_code_is_malformed(digits):
    assert read(digits, codebook.rows_ahead(bytes(32), 3), OwnNumber((3, 7))) == Reading(ReadingResult.MALFORMED)


@given(st.text(st.characters(codec=None)), own_numbers)
@example("\ud800" * 6, OwnNumber((0, 1)))
@example("²²²²²²", OwnNumber((0, 1)))
def test_no_text_whatever_raises(text, own):
    rows = codebook.rows_ahead(bytes(32), 3)
    for digits in (text, digits_of(text)):
        assert read(digits, rows, own).result in ReadingResult


def test_blind_guesses_and_false_numbers_do_not_pass_for_well():
    chance = random.Random(20261124)
    card = [codebook.row(chance.randbytes(32)) for _ in range(100)]
    results = Counter()
    for _ in range(3_000):
        rows, own = chance.sample(card, 3), own_number.draw(chance.randbytes)
        guess = read(f"{chance.randrange(10**6):06}", rows, own)
        results["guessed well"] += (guess.result, guess.meaning) == (ReadingResult.OK, Meaning.WELL)
        false = own_number.draw_false(own, chance.randbytes)
        results[read(encode.text(rows[0], own_number=false, meaning=Meaning.WELL), rows, own).result] += 1
    assert results["guessed well"] < 3  # below 1e-3; 3e-6 is what to expect
    assert results[ReadingResult.OK] == 0
    assert results[ReadingResult.DURESS] > 2_970
