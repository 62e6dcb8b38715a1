"""Shares on paper: enough of them give the secret, fewer give nothing, and a slip of the pen is named."""

import json
from itertools import combinations
from pathlib import Path

import pytest
import shamir_mnemonic
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.apps.vault import paper
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.sealing import shares

SECRET = bytes(range(100, 132))
VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "slip39" / "vectors.json").read_text())
"""Of the standard: description, shares, secret (empty where they must be refused) under the passphrase TREZOR, key."""


@pytest.fixture(scope="module")
def three():
    return paper.split(SECRET)


@pytest.mark.parametrize(("told", "written", "secret", "_"), VECTORS, ids=[each[0].split(".")[0] for each in VECTORS])
def test_the_vectors_of_slip_39_hold(told, written, secret, _):
    if secret:
        assert shamir_mnemonic.combine_mnemonics(written, b"TREZOR").hex() == secret
    else:
        with pytest.raises(shamir_mnemonic.MnemonicError):
            shamir_mnemonic.combine_mnemonics(written, b"TREZOR")
        with pytest.raises(Refused, match=r"vault\.share"):
            shares.combine(written)


def test_any_two_of_three_give_the_secret_and_one_gives_nothing(three):
    for pair in combinations(three, 2):
        assert shares.combine(pair) == SECRET
    assert shares.combine(three) == SECRET
    for each in three:
        with pytest.raises(Refused, match=r"vault\.shares_few needed=2"):
            shares.combine([each])


def test_a_share_has_33_words_and_is_never_the_same_twice(three):
    assert {len(each.split()) for each in three} == {33}
    assert not set(three) & set(paper.split(SECRET))


def test_the_same_share_twice_is_one_share(three):
    with pytest.raises(Refused, match=r"vault\.shares_few"):
        shares.combine([three[0], three[0].upper()])


def test_nothing_brought_is_too_few():
    with pytest.raises(Refused, match=r"vault\.shares_few"):
        shares.combine([])


def test_it_is_said_how_many_shares_are_missing_and_a_wrong_one_is_refused_at_once(three):
    assert [shares.missing(three[:count]) for count in range(4)] == [2, 1, 0, 0]
    assert shares.missing([three[0], three[0]]) == 1
    with pytest.raises(Refused) as refused:
        shares.missing([three[0], " ".join(reversed(three[1].split()))])
    assert (refused.value.code, refused.value.ids["share"]) == ("vault.share_broken", 2)


def test_shares_of_two_sets_do_not_mix(three):
    with pytest.raises(Refused, match=r"vault\.shares_mixed"):
        shares.combine([three[0], paper.split(SECRET)[1]])


def test_a_word_that_is_in_no_share_is_named_by_its_place(three):
    words = three[1].split()
    words[6] = "ojakgyo"
    with pytest.raises(Refused, match=r"vault\.share_word share=2 word=7"):
        shares.combine([three[0], " ".join(words)])


@given(place=st.integers(0, 32), word=st.sampled_from(shamir_mnemonic.wordlist.WORDLIST))
def test_a_wrong_word_of_the_list_is_noticed(three, place, word):
    words = three[1].split()
    before, words[place] = words[place], word
    if word == before:
        assert shares.combine([three[0], " ".join(words)]) == SECRET
    else:
        with pytest.raises(Refused, match=r"vault\.share_broken share=2|vault\.shares_mixed"):
            shares.combine([three[0], " ".join(words)])


def test_four_letters_are_enough_for_a_word_and_blanks_and_capitals_do_not_count(three):
    short = "  ".join(word[:4].upper() for word in three[0].split())
    assert shares.same(three[0], f"\n{short} ")
    assert shares.combine([short, three[2]]) == SECRET


def test_another_share_is_not_the_one_that_was_shown(three):
    assert not shares.same(three[0], three[1])


@pytest.mark.parametrize(("threshold", "count"), [(1, 3), (4, 3), (2, 17)])
def test_a_set_that_protects_nothing_or_cannot_be_is_not_made(threshold, count):
    with pytest.raises(ValueError, match="two are needed"):
        paper.split(SECRET, threshold=threshold, count=count)
