"""Each card looks like another price list, and nothing a helper's eye depends on is ever moved."""

import itertools
import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards import codebook, digits, layouts
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.cards.layouts import CHINESE_GOODS, KOREAN_GOODS, Face, Goods, Place, Ruling, Side
from ojakgyo.domain.cards.replay import replay_key
from ojakgyo.domain.names.words import WORDS
from ojakgyo.domain.sealing import ratchet

GOLDEN = Path(__file__).parents[2] / "vectors" / "cards" / "layouts.txt"
LAYOUTS = [layouts.drawn(replay_key(number.to_bytes(32, "big"))) for number in range(200)]
keys = st.binary(min_size=32, max_size=32)


def rows(number, count=ROWS, first=0):
    state = codebook.state_after(ratchet.start(number.to_bytes(32, "big")), first)
    return codebook.rows_ahead(state, count)


def test_four_cards_look_as_they_did():
    """A golden change is read: cards that are printed already stay as they are, a new print of one would differ."""
    shown = [layouts.text(LAYOUTS[number], layouts.table(LAYOUTS[number], rows(number))) for number in range(4)]
    assert "\n\n".join(shown) + "\n" == GOLDEN.read_text()


@given(keys)
def test_a_layout_is_the_same_for_the_same_key(key):
    assert layouts.drawn(key) == layouts.drawn(bytes(key))


def test_of_two_hundred_cards_no_two_look_alike():
    assert len(set(LAYOUTS)) == 200


def test_and_not_by_their_goods_alone():
    """Order, heads, gaps, rules and letters: without a name down the side nearly all still differ."""
    bare = {str({**asdict(each), "labels": ()}) for each in LAYOUTS}
    assert len(bare) >= 198


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("face", set(Face)), ("ruling", set(Ruling)), ("contact", set(Place)), ("head_side", set(Side)),
        ("size", set(layouts.SIZES)), ("answer_heads", set(layouts.ANSWER_HEADS)), ("seam", set(range(11))),
        ("between", {".", "-", "/"}), ("columns_apart", {0, 2, 5}), ("rows_apart", {0, 3, 4, 6}),
    ],
)  # fmt: skip
def test_everything_that_may_vary_does(name, kinds):
    assert {getattr(each, name) for each in LAYOUTS} == kinds


def test_some_cards_have_goods_down_the_side_and_some_have_none():
    kinds = {Goods.NONE: 0, Goods.KOREAN: 0, Goods.CHINESE: 0}
    for each in LAYOUTS:
        named = bool(each.labels) + bool(each.labels and each.labels[0] in CHINESE_GOODS)
        kinds[tuple(kinds)[named]] += 1
        assert len(each.labels) in (0, ROWS)
        assert len(set(each.labels)) == len(each.labels)
    assert min(kinds.values()) > 40


@given(keys)
def test_one_column_missed_is_one_digit_missed(key):
    """Neighbours on the card are neighbours in number, else a slip would be read as duress; 9 and 0 never meet."""
    layout = layouts.drawn(key)
    heads = [head for head in layouts.table(layout, ())[0] if head.isdecimal() or head in layout.answer_heads]
    assert sorted(head for head in heads if head.isdecimal()) == list("0123456789")
    for left, right in itertools.pairwise(heads):
        if left.isdecimal() and right.isdecimal():
            assert abs(int(left) - int(right)) == 1


@given(keys, st.integers(0, ROWS - 1))
def test_every_cell_stands_under_its_head(key, used):
    layout = layouts.drawn(key)
    left = codebook.rows_ahead(codebook.state_after(ratchet.start(bytes(32)), used), ROWS - used)
    heads, *lines = layouts.table(layout, left, first=used)
    assert len({len(line) for line in (heads, *lines)}) == 1
    assert sum(layouts.groups(layout)) == len(heads)
    for place, (row, line) in enumerate(zip(left, lines, strict=True)):
        under = dict(zip(heads, line, strict=True))
        assert [under[str(digit)] for digit in range(10)] == [f"{cell:02}" for cell in row.cells]
        assert [under[head] for head in layout.answer_heads] == [row.answer(word) for word in codebook.WORDS]
        assert f"{row.gap}{layout.between}{row.hour:02}" in line
        assert not layout.labels or line[0] == layout.labels[used + place]


def test_nothing_on_a_card_is_a_word_of_the_product_a_code_name_or_a_numeral():
    words = {*KOREAN_GOODS, *CHINESE_GOODS, *(head for heads in layouts.ANSWER_HEADS for head in heads)}
    words |= {word for each in LAYOUTS for word in (each.caption, each.label_head, each.contact_head) if word}
    assert not words & set(WORDS)
    assert not [word for word in words if "오작" in word or "카드" in word or "卡" in word or digits.digits_of(word)]
    assert all(unicodedata.name(sign).startswith(("HANGUL", "CJK", "LATIN")) for word in words for sign in word)


def test_a_layout_shows_no_secret():
    assert str(replay_key(bytes(32)).hex()) not in repr(layouts.drawn(replay_key(bytes(32))))
