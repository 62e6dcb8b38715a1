"""Many cards: whose a text is, behind one phone and in the whole house."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import books, codebook, encode, index
from ojakgyo.domain.cards.decode import Reading
from ojakgyo.domain.cards.index import Fit, Index
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.facts import Meaning, ReadingResult

OWN = OwnNumber((3, 7))
CHANCE = random.Random(20261127)
HOUSE = [(card, codebook.numbered(codebook.rows_ahead(CHANCE.randbytes(32), 3), first=card % 9)) for card in range(200)]
INDEX = Index.of(HOUSE)
FROM_BEST = ["replay", "ok", "slip", "duress", "garbled", "malformed"]

readings = st.sampled_from(FROM_BEST).map(lambda result: Reading(ReadingResult(result)))


@given(st.lists(readings, min_size=1, max_size=6))
def test_the_best_reading_of_all_cards_stands_and_the_first_of_equals(read):
    whose, reading = books.best(list(enumerate(read)))
    assert FROM_BEST.index(reading.result) == min(FROM_BEST.index(each.result) for each in read)
    assert whose == read.index(reading)


def test_without_a_card_there_is_no_best_one():
    with pytest.raises(ValueError, match="empty"):
        books.best([])


@given(st.integers(0, 199), st.integers(0, 2), st.sampled_from([(), (5,), (5, 0), (1, 2, 0, 0)]))
def test_whoever_wrote_a_text_is_found_with_the_row_and_what_was_said(card, place, suffix):
    number, row = HOUSE[card][1][place]
    text = encode.text(row, own_number=OWN, meaning=Meaning.RECEIVED, suffix=suffix)
    assert Fit(card, number, (3, 7, 6, *suffix)) in INDEX.find(text)
    assert INDEX.find(2 * text) == INDEX.find(text)


@given(st.integers(0, 10**6 - 1).map("{:06}".format))
def test_the_index_finds_what_each_row_reads_and_nothing_else(digits):
    slowly = [
        Fit(card, number, columns)
        for card, rows in HOUSE
        for number, row in rows
        if (columns := row.read_back(digits)) is not None
    ]
    assert list(INDEX.find(digits)) == slowly


@pytest.mark.parametrize("digits", ["", "48", "4821", "48219", "4821931", "12" * 9, "48219x", "４８２１９３", "٤٨٢١٩٣"])
def test_what_is_no_code_fits_nowhere(digits):
    assert INDEX.find(digits) == ()


def test_an_empty_house_finds_nothing():
    assert Index.of([]).find("482193") == ()
    assert Index.of([(1, ())]).find("482193") == ()


def test_neither_index_nor_fit_prints_a_digit_of_a_card():
    (found, *_) = INDEX.find(encode.text(HOUSE[5][1][0][1], own_number=OWN, meaning=Meaning.WELL))
    assert repr(INDEX) == "Index()"
    assert "said" not in repr(found)


def test_a_text_is_held_against_two_hundred_cards_in_far_less_than_two_milliseconds():
    texts = [f"{CHANCE.randrange(10**6):06}" for _ in range(500)]
    begun = time.perf_counter()
    for text in texts:
        INDEX.find(text)
    assert (time.perf_counter() - begun) / len(texts) < 0.002


def test_the_longest_text_is_one_of_three_digits_and_an_amount():
    assert len(HOUSE[0][1][0][1].looked_up([0] * (3 + 1 + 4))) == index.LONGEST
