"""What is said and asked by voice. What is answered is read in `answering`, and written down above, in `contact.answering`."""

import secrets

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Card, Challenge
from ojakgyo.apps.cards.voice import phrases, queries
from ojakgyo.apps.cards.voice.values import Answers, Asked, Said
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.domain.cards import challenge as challenges
from ojakgyo.domain.cards import codebook
from ojakgyo.domain.cards.codebook import Numbered
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import AnswersShown, AskedAgain, ChallengeAsked, DeskWord, RowSpoken
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant


@action
def show_answers(desk: Desk, *, person: PersonId) -> Answers:
    """By which digits the desk says its three words, for the next call; that somebody saw them is recorded."""
    found = queries.answers_now(desk, person)
    record(desk, AnswersShown(card=found.card, person=person, row=found.now.row))
    return found


@action
def speak_first(desk: Desk, *, person: PersonId, word: DeskWord, row: int | None = None) -> Said:
    """The desk says a word, and the row it stands in is used up. `row`: None for the next unused one.

    What the helper may have sent by the rows until then still arrives for 48 hours.
    """
    demand_cell(desk, person)
    card = queries.demand_card(person)
    spoken = card.row if row is None else row
    ahead = stock.rows_of(desk.keyring.ring.state_key(), card, max(0, spoken - card.row + 1))
    if row is None and not ahead:
        raise Refused("cards.no_answer_left", person=person)
    if not card.row <= spoken <= card.row + 1 or len(ahead) != spoken - card.row + 1:
        raise Refused("cards.answer_over", person=person)
    _use_up(desk, card, ahead)
    record(desk, RowSpoken(card=CardId(card.pk), person=person, row=spoken, word=word))
    return queries.said(ahead[-1][1], word)


@action
def ask_challenge(desk: Desk, *, person: PersonId) -> Asked:
    """Ask for a line and a digit by voice; it holds ten minutes. The desk's proof, from the top row, is shown this once."""
    demand_cell(desk, person)
    card = queries.demand_card(person)
    left = stock.rows_left(card)
    if not left:
        raise Refused("cards.no_answer_left", person=person)
    ((_, top),) = stock.rows_of(desk.keyring.ring.state_key(), card, 1)
    drawn = challenges.draw(secrets.token_bytes, card.row, left=left)
    until = Instant(desk.now + challenges.HOLDS_MS)
    Challenge.objects.update_or_create(card=card, defaults={"row": drawn.row, "digit": drawn.digit, "until_ms": until})
    stock.touch(card.pk)
    record(desk, ChallengeAsked(card=CardId(card.pk), person=person, row=drawn.row, digit=drawn.digit))
    line = drawn.row - card.row + 1
    proof = queries.said(top, DeskWord.NOTED)
    return Asked(line, drawn.digit, until, phrases.asked_for(line, drawn.digit), proof)


@action
def ask_again(desk: Desk, *, person: PersonId) -> MessageId:
    """Say that the price was asked for again: once, and only where the last text could not be read."""
    demand_cell(desk, person)
    message, asked = queries.last_unread(person)
    if message is None:
        raise Refused("cards.nothing_to_ask", person=person)
    if asked:
        raise Refused("cards.asked_already", person=person)
    record(desk, AskedAgain(person=person, message=message))
    return message


def _use_up(desk: Desk, card: Card, rows: tuple[Numbered, ...]) -> None:
    """Move the card past these rows; each may still come in for 48 hours."""
    stand = stock.opened(desk.keyring.ring.state_key(), card)
    for number, drawn in rows:
        stock.keep_late(desk, card.pk, number, drawn)
    state = stock.seal_state(
        desk, card.pk, state=codebook.state_after(stand.state, len(rows)), replay_key=stand.replay_key
    )
    if not stock.move(card.pk, card.row, row=card.row + len(rows), state=state):
        raise Refused("house.busy")
