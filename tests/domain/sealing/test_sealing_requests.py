"""What takes two: two different hands under the very same bytes, in time, or nothing."""

import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.sealing import requests
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.sealing.requests import LIFE_MS, Asked

HANEUL, BORAM, DASOM = (OfficerKeys.drawn(number, os.urandom) for number in (1, 2, 3))
ACTIVE = {each.officer: each.public for each in (HANEUL, BORAM, DASOM)}
MADE = 1_700_000_000_000
ASKED = Asked("0123456789abcdef", 77, RequestKind.REMOVE_OFFICER, BORAM.officer, 40, HANEUL.officer, MADE)


def hands(*signers: OfficerKeys, asked: Asked = ASKED, now: int = MADE) -> list[requests.Hand]:
    return [requests.sign(asked, each, now=now) for each in signers]


def refusal(asked=ASKED, by=None, active=ACTIVE, now=MADE) -> str | None:
    try:
        requests.check(asked, hands(HANEUL, DASOM) if by is None else by, active, now=now)
    except Refused as error:
        return error.code
    return None


def test_two_hands_under_the_same_bytes_in_time_are_enough():
    assert refusal() is None
    assert refusal(now=MADE + LIFE_MS - 1) is None


EDITED = [
    {"kind": RequestKind.EXPORT_AUDIT},
    {"about": DASOM.officer},
    {"about": 99},
    {"argument": 41},
    {"made_by": DASOM.officer},
    {"made": MADE - 1},
    {"id": 78},
    {"vault": "another"},
    {"cells": (5,)},
]


@pytest.mark.parametrize("edit", EDITED)
def test_anything_edited_after_the_hands_were_given_is_another_request(edit):
    """The recipient is whom it is about."""
    edited = replace(ASKED, **edit)
    assert edited.bytes() != ASKED.bytes()
    assert refusal(edited) in {"vault.request_changed", "vault.second_hand"}


@pytest.mark.parametrize("edit", EDITED)
def test_the_second_hand_under_an_edited_request_does_not_count_for_the_first(edit):
    edited = replace(ASKED, **edit)
    mixed = [*hands(HANEUL), *hands(DASOM, asked=edited, now=max(MADE, edited.made))]
    assert refusal(by=mixed) == "vault.request_changed"


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ([], "vault.second_hand"),
        (hands(HANEUL), "vault.second_hand"),
        (hands(HANEUL, HANEUL), "vault.second_hand"),
        (hands(DASOM), "vault.second_hand"),
        (hands(HANEUL, BORAM), "vault.second_hand"),
        ([*hands(HANEUL), replace(hands(HANEUL)[0], officer=DASOM.officer)], "vault.request_changed"),
        ([*hands(HANEUL), replace(hands(DASOM)[0], signature=bytes(64))], "vault.request_changed"),
        ([*hands(HANEUL), replace(hands(DASOM)[0], given=MADE + LIFE_MS)], "vault.request_changed"),
        ([*hands(HANEUL), replace(hands(DASOM)[0], given=MADE - 1)], "vault.request_changed"),
    ],
)
def test_one_person_twice_whom_it_concerns_and_forged_hands_do_not_make_two(by, code):
    assert refusal(by=by) == code


def test_each_cell_that_is_to_leave_is_signed():
    asked = replace(ASKED, about=0, kind=RequestKind.EXPORT_CELLS, cells=(5, 9))
    for other in ((5,), (5, 9, 10), (5, 10), (9, 5), ()):
        edited = replace(asked, cells=other)
        assert refusal(edited, by=hands(HANEUL, DASOM, asked=asked)) == "vault.request_changed", other
    assert refusal(asked, by=hands(HANEUL, DASOM, asked=asked)) is None


def test_a_hand_of_somebody_suspended_meanwhile_does_not_count():
    for gone in (HANEUL, DASOM):
        active = {officer: public for officer, public in ACTIVE.items() if officer != gone.officer}
        assert refusal(active=active) == "vault.second_hand"


def test_a_hand_does_not_hold_under_a_swapped_public_key():
    assert refusal(active={**ACTIVE, DASOM.officer: BORAM.public}) == "vault.request_changed"


@given(st.integers(-LIFE_MS, 3 * LIFE_MS))
def test_a_request_lives_for_thirty_minutes_and_not_before_it_was_made(later):
    lives = 0 <= later < LIFE_MS
    assert refusal(now=MADE + later) == (None if lives else "vault.request_lapsed")
    if not lives:
        with pytest.raises(Refused, match=r"vault\.request_lapsed"):
            requests.sign(ASKED, DASOM, now=MADE + later)


@given(st.sampled_from(["id", "about", "argument", "made_by", "made"]), st.integers(-(2**62), 2**62))
def test_two_requests_that_differ_anywhere_have_different_bytes(field, value):
    other = replace(ASKED, **{field: value})
    assert (other.bytes() == ASKED.bytes()) == (other == ASKED)
