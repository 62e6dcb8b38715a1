"""The brief of a shift: its bytes come back as they went, and whatever is said otherwise has another digest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain import briefs
from ojakgyo.domain.briefs import Brief, Item, ItemKind

number = st.integers(0, 2**63 - 1)
items = st.lists(
    st.builds(Item, st.sampled_from(ItemKind), number, number, number, number, number, st.just("contact.line_unknown")),
    max_size=6,
)
made = st.builds(briefs.brief, number, number, number, items)


@given(made)
def test_a_brief_comes_back_as_it_was_written(brief):
    assert briefs.read(briefs.written(brief)) == brief


@given(made, number)
def test_whatever_else_a_brief_says_is_another_digest(brief, other):
    for changed in (replace(brief, after=other), replace(brief, upto=other), replace(brief, made=other)):
        assert (changed.digest == brief.digest) == (changed == brief)
        assert changed.content == brief.content
    more = briefs.brief(brief.after, brief.upto, brief.made, (*brief.items, Item(ItemKind.STUCK, other)))
    assert more.digest != brief.digest
    assert more.content != brief.content


@given(items, st.randoms())
def test_the_order_in_which_things_were_found_makes_no_difference(found, luck):
    mixed = list(found)
    luck.shuffle(mixed)
    assert briefs.brief(1, 2, 3, mixed) == briefs.brief(1, 2, 3, found)


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"{}",
        b'{"after":1,"items":[],"made":3,"upto":2}',
        b'{"after":1,"items":[],"made":3,"upto":2,"v":2}',
        b'{"after":1,"items":[["unheard_of",1,1,1,1,1,""]],"made":3,"upto":2,"v":1}',
        b'{"after":1,"items":[["stuck",1]],"made":3,"upto":2,"v":1}',
        b'{"after": 1,"items":[],"made":3,"upto":2,"v":1}',
    ],
)
def test_anything_else_is_no_brief(kept):
    with pytest.raises(ValueError, match="no brief"):
        briefs.read(kept)


def test_an_empty_brief_is_a_brief():
    assert briefs.read(briefs.written(Brief(0, 0, 0, ()))).items == ()
