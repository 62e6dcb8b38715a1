"""The practice phone: what a helper of the practice world would send next, and from which number."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState
from ojakgyo.apps.cards.reading import number_of
from ojakgyo.apps.cards.reading.confirming import LONGEST_QUIET_DAYS
from ojakgyo.apps.network.queries import lines_of
from ojakgyo.apps.network.queries import number_of as number_of_line
from ojakgyo.apps.people.queries import person_written
from ojakgyo.demo import officers, spool_file
from ojakgyo.domain.cards import encode, messages, own_number
from ojakgyo.domain.cards.codebook import Row
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

DURESS, SLIP, GARBLED, MALFORMED = "duress", "slip", "garbled", "malformed"
TRIPWIRE, REPLAY = "tripwire", "replay"
_DIGITS: Final = "0123456789"
NO_CELL: Final = tuple(2 * digit for digit in _DIGITS)
"""A cell has never twice the same digit."""


@dataclass(frozen=True, slots=True)
class Sms:
    """A text and where it comes from. `quiet_until`: so long it says nothing more will be heard, if it is sent now."""

    number: str
    text: str
    quiet_until: Instant | None = None


@dataclass(frozen=True, slots=True)
class _Hand:
    """What a helper holds and knows at this moment."""

    person: PersonId
    row: Row = field(repr=False)
    own: OwnNumber = field(repr=False)


_said_by: dict[tuple[str, PersonId], tuple[str, ...]] = {}
"""The last two texts by a row that each phone gave: the house itself keeps no used text."""


def words() -> tuple[str, ...]:
    """What can be said: the meanings that are no guard, duress, and what goes wrong."""
    meanings = (each.value for each in Meaning if not each.value.startswith("guard"))
    return (*meanings, *_OTHERWISE, MALFORMED, TRIPWIRE, REPLAY)


def next_sms(who: str, word: str, number: int | None = None) -> Sms:
    """The next text of this helper's card that says this. `number`: the amount, pocket number or days behind it.

    Under duress it has another number in the place of the own one. A slip has the own number turned round, a garbled
    text no cell of any row, a malformed one too few digits; a tripwire is a row of a card that was ended, and a replay
    the text before the last one, once more: the last one again would be a repetition, which says nothing.
    """
    if word not in words():
        raise Refused("demo.unknown_word")
    person = person_written(officers.desk_of("Haneul"), who)
    sender, kept = _number(person), (settings.OJAK_VAULT_ID, person)
    if word == REPLAY:
        if len(_said_by.get(kept, ())) < 2:
            raise Refused("demo.nothing_said", person=person)
        return Sms(sender, _spelled_anew(_said_by[kept][0]))
    said = _said(person, word, number)
    if word not in (GARBLED, MALFORMED, TRIPWIRE):
        _said_by[kept] = (*_said_by.get(kept, ()), said)[-2:]
    return Sms(sender, said, _quiet(word, number))


def _quiet(word: str, days: int | None) -> Instant | None:
    if word != Meaning.DELAYED or not days:
        return None
    return Instant(settings.CLOCK.now() + min(days, LONGEST_QUIET_DAYS) * DAY_MS)


def _said(person: PersonId, word: str, number: int | None) -> str:
    if word == MALFORMED:
        return "".join(secrets.choice(_DIGITS) for _ in range(5))
    if word == TRIPWIRE:
        return _found_paper(person)
    if word in _OTHERWISE:
        return _OTHERWISE[word](_hand(person))
    return _right(_hand(person), Meaning(word), number)


def send(sms: Sms, folder: Path) -> None:
    """Into the real spool, as a modem would."""
    spool_file.write(folder, number=sms.number, text=sms.text, heard=instants.aware(settings.CLOCK.now()))


def _right(hand: _Hand, meaning: Meaning, number: int | None) -> str:
    try:
        suffix = messages.suffix(meaning, number, own_number=hand.own)
    except ValueError:
        raise Refused("demo.unknown_word") from None
    return encode.text(hand.row, own_number=hand.own, meaning=meaning, suffix=suffix)


def _forced(hand: _Hand) -> str:
    false = own_number.draw_false(hand.own, secrets.token_bytes)
    return encode.text(hand.row, own_number=false, meaning=Meaning.WELL)


def _turned_round(hand: _Hand) -> str:
    return encode.text(hand.row, own_number=OwnNumber(hand.own.digits[::-1]), meaning=Meaning.WELL)


def _of_no_row(hand: _Hand) -> str:
    return "".join(secrets.choice(NO_CELL) for _ in range(3))


_OTHERWISE: Final[dict[str, Callable[[_Hand], str]]] = {DURESS: _forced, SLIP: _turned_round, GARBLED: _of_no_row}


def _found_paper(person: PersonId) -> str:
    """By who has the paper of an ended card, and guesses the number."""
    key = officers.desk_of("Haneul").keyring.ring.state_key()
    for card in stock.cards_of(person).exclude(in_use=CardState.ACTIVE).exclude(state=b""):
        for _, row in stock.rows_of(key, card, 1):
            guessed = own_number.draw(secrets.token_bytes)
            return encode.text(row, own_number=guessed, meaning=Meaning.WELL)
    raise Refused("demo.no_ended_card", person=person)


def _spelled_anew(digits: str) -> str:
    """The same digits in other letters: the very same text within ten minutes would be a repetition of the first."""
    return " ".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def _hand(person: PersonId) -> _Hand:
    """By the new card as soon as it is handed over, else by the one in use. None, or no row left: `Refused`."""
    desk = officers.desk_of("Haneul")
    card = _in_hand(person)
    ahead = () if card is None else stock.rows_of(desk.keyring.ring.state_key(), card, 1)
    if card is None or not ahead:
        raise Refused("cards.no_card", person=person)
    return _Hand(person, ahead[0][1], number_of(desk, CardId(card.pk)))


def _in_hand(person: PersonId) -> Card | None:
    following = stock.to_come(person)
    return following if following is not None and following.handed_ms is not None else stock.present(person)


def _number(person: PersonId) -> str:
    lines = lines_of(person)
    if not lines:
        raise Refused("demo.no_line", person=person)
    return number_of_line(officers.desk_of("Haneul"), lines[0])
