"""What a card lets the desk say and ask by voice, for who holds the key of its holder's cell."""

from typing import Final

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Card, Challenge
from ojakgyo.apps.cards.voice import phrases
from ojakgyo.apps.cards.voice.values import AnswerRow, Answers, Asked, Said, Voice
from ojakgyo.apps.chronicle import inbox
from ojakgyo.domain.cards import asking_again, codebook, digits
from ojakgyo.domain.cards.codebook import Row
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import AskedAgain, ChallengeAnswered, DeskWord, Fact, MessageRead, ReadingResult
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

LOOKED_BACK: Final = (12, 100, 500)
"""So many facts about somebody are looked at, more only while none of them says that a row was used."""
_READ_OR_ASKED: Final = (MessageRead, AskedAgain, ChallengeAnswered)
_FITTED: Final = frozenset({ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS, ReadingResult.THROTTLED})


def voice_of(desk: Desk, person: PersonId, *, following: Instant | None = None, again: bool = True) -> Voice:
    """What is on the page of a call before anything is asked of the card; `following`: when the next window opens.

    `again`: whether the price may be asked for again, where their last text could not be read.
    """
    card = card_spoken(person)
    when = phrases.WHEN if following is None else phrases.market(following)
    said = {"price": phrases.PRICE, "weather": phrases.WEATHER, "market": when, "again": phrases.AGAIN}
    return Voice(
        lines=0 if card is None else stock.rows_left(card),
        wanted=card is not None and (card.throttled_ms is not None or card.resync_ms is not None),
        again=again and card is not None and to_ask_again(person) is not None,
        asked=None if card is None else asked_now(desk, card),
        phrases={**said, "top_line": phrases.TOP_LINE},
    )


def answers_now(desk: Desk, person: PersonId) -> Answers:
    """The three words of the next unused row, and of the one after it. None left, or no card: `Refused`."""
    demand_cell(desk, person)
    card = demand_card(person)
    rows = stock.rows_of(desk.keyring.ring.state_key(), card, 2)
    if not rows:
        raise Refused("cards.no_answer_left", person=person)
    found = [AnswerRow(number, tuple(said(row, word) for word in codebook.WORDS)) for number, row in rows]
    return Answers(CardId(card.pk), found[0], found[1] if len(found) > 1 else None)


def said(row: Row, word: DeskWord) -> Said:
    written = row.answer(word)
    return Said(word, written, digits.spoken(written), digits.spoken(written, "zh"))


def asked_now(desk: Desk, card: Card) -> Asked | None:
    """The question that is open, unless its row was used up meanwhile; without the desk's proof."""
    row = Challenge.objects.filter(card=card, until_ms__gt=desk.now, row__gte=card.row).first()
    if row is None:
        return None
    line = row.row - card.row + 1
    return Asked(line, row.digit, Instant(row.until_ms), phrases.asked_for(line, row.digit))


def demand_question(desk: Desk, person: PersonId) -> None:
    """None is open: `Refused`."""
    demand_cell(desk, person)
    if asked_now(desk, demand_card(person)) is None:
        raise Refused("cards.no_challenge", person=person)


def to_ask_again(person: PersonId) -> MessageId | None:
    """The text that could not be read, where the price may be asked for again; the same after well and duress: None."""
    message, asked = last_unread(person)
    return None if asked else message


def last_unread(person: PersonId) -> tuple[MessageId | None, bool]:
    """Somebody's last text, if it could not be read; and whether it was asked for again since their last that could be.

    A card the desk is behind of counts duress alone, and says so by nothing: by voice a row is asked for, never the price.
    """
    card = card_spoken(person)
    if card is not None and card.resync_ms is not None:
        return None, False
    since = _since_a_row_was_used(person)
    read = [fact for fact in since if isinstance(fact, MessageRead)]
    asked = any(isinstance(fact, AskedAgain) for fact in since)
    return (read[0].message if asking_again.may_ask([fact.result for fact in read]) else None), asked


def _since_a_row_was_used(person: PersonId) -> list[Fact]:
    """What was read of somebody, and asked again, after the last text or answer that used a row; newest first.

    A row is used by a right text and by any other that fits, alike: what is offered then is seen by whoever typed it.
    """
    found: list[Fact] = []
    for at_most in LOOKED_BACK:
        told = inbox.mentioning([ids.text("p", person)], kinds=_READ_OR_ASKED, at_most=at_most)
        found = [each.fact for each in told if getattr(each.fact, "person", None) == person]
        used = next((place for place, fact in enumerate(found) if _uses_a_row(fact)), None)
        if used is not None or len(told) < at_most:
            return found[:used]
    return found


def _uses_a_row(fact: Fact) -> bool:
    return isinstance(fact, MessageRead | ChallengeAnswered) and fact.result in _FITTED


def card_spoken(person: PersonId) -> Card | None:
    """The card by which somebody speaks: the present one, else the one whose first code is waited for, once it is out."""
    following = stock.to_come(person)
    return stock.present(person) or (following if following is not None and stock.is_out(following) else None)


def demand_card(person: PersonId) -> Card:
    card = card_spoken(person)
    if card is None:
        raise Refused("cards.no_card", person=person)
    return card
