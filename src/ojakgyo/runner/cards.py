"""What `ojak card` asks of an open vault. An officer acts; rows alone are shown to anybody, in a practice vault."""

import base64
from collections.abc import Iterator
from typing import Final

from django.conf import settings

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.actions import burn_card, issue_card
from ojakgyo.apps.cards.models import Card
from ojakgyo.apps.cards.printing.acts import print_cards
from ojakgyo.apps.cards.printing.queries import in_the_north, rows_text
from ojakgyo.apps.contact.reading_now import result_of, verify_once
from ojakgyo.apps.people.queries import code_names, person_written
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch.rights import rights
from ojakgyo.domain.cards.codebook import WORDS, Row
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import PrintForm
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.runner.door import Handler, Said
from ojakgyo.runner.seating import seated
from ojakgyo.web.evenly import evenly


def issue(asked: Said) -> Iterator[Said]:
    """A fresh card: the first, or the next beside the one in use. Its own number is seen on its page alone.

    `north`: where paper is itself a danger, which the page says too.
    """
    with seated(asked) as desk:
        person = person_written(desk, asked["who"])
        said = _card(desk, issue_card(desk, person=person), person)
        yield said | ({"north": True} if in_the_north(desk, person) else {})


def put_on_paper(asked: Said) -> Iterator[Said]:
    """Sheets of the cards that are to be handed over, made in memory and kept nowhere."""
    with seated(asked) as desk:
        persons = [person_written(desk, who) for who in asked["who"]]
        cards = [CardId(_to_hand_over(person).pk) for person in persons]
        warned = bool(asked.get("warned"))
        written = print_cards(desk, cards=cards, form=PrintForm(asked["form"]), warned=warned)
        yield {"pdf": base64.b64encode(written).decode()}
        for card, person in zip(cards, persons, strict=True):
            yield _card(desk, card, person)


def read(asked: Said) -> Iterator[Said]:
    """Read a text of somebody. `reasons`: also say what it said, which is refused before anything is read."""
    with seated(asked) as desk:
        person = person_written(desk, asked["who"])
        if asked.get("reasons"):
            _demand_reasons(desk, person)
        message = evenly(verify_once)(desk, person=person, words=asked["text"])
        said = {"noted": True, "message": ids.text("m", message)}
        yield said | ({"result": result_of(message)} if asked.get("reasons") else {})


def burn(asked: Said) -> Iterator[Said]:
    """The card in use, or the one to come (`next`), is read no more."""
    with seated(asked) as desk:
        person = person_written(desk, asked["who"])
        card = _card_of(person, to_come=bool(asked.get("next")))
        burn_card(desk, card=CardId(card.pk))
        yield _card(desk, CardId(card.pk), person)


def rows(asked: Said) -> Iterator[Said]:
    """The rows of a card that are not used yet; `text`: as they stand on its paper.

    In a practice vault only: elsewhere rows leave on paper alone.
    """
    if not settings.OJAK_DEMO:
        raise Refused("cards.rows_practice_only")
    desk = house_desk()
    card = _card_of(person_written(desk, asked["who"]), to_come=bool(asked.get("next")))
    state_key = desk.keyring.ring.state_key()
    if asked.get("text"):
        yield {"text": rows_text(stock.opened(state_key, card))}
        return
    for number, row in stock.rows_of(state_key, card):
        yield {"row": number, **_row(row)}


def _row(row: Row) -> Said:
    return {
        "cells": [row.looked_up((digit,)) for digit in range(10)],
        "answers": {word.value: row.answer(word) for word in WORDS},
        "gap": row.gap,
        "hour": row.hour,
    }


def _card(desk: Desk, card: CardId, person: PersonId) -> Said:
    return {"card": ids.text("k", card), "code_name": code_names(desk, [person])[person].en}


def _card_of(person: PersonId, *, to_come: bool) -> Card:
    """The card in use, else the one to come; that one alone, if it is asked for. None: `Refused`."""
    found = None if to_come else stock.present(person)
    found = found or stock.to_come(person)
    if found is None:
        raise Refused("cards.no_card", person=person)
    return found


def _to_hand_over(person: PersonId) -> Card:
    """The card to come; who has one in use already: `Refused`, its paper is made no second time."""
    card = stock.to_come(person)
    if card is None:
        raise Refused("cards.no_card" if stock.present(person) is None else "cards.handed_over", person=person)
    return card


def _demand_reasons(desk: Desk, person: PersonId) -> None:
    """Safety, with the key of the person's cell; else `Refused` or ``NotHeld``."""
    allowed = rights(desk, {person})
    if allowed.may_see_person(person):
        return
    if not allowed.safety:
        raise Refused("vault.role_wanted")
    raise NotHeld(person=person)


HANDLERS: Final[dict[str, Handler]] = {
    "card-issue": issue,
    "card-print": put_on_paper,
    "card-verify": read,
    "card-burn": burn,
    "card-rows": rows,
}
