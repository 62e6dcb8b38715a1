"""What was heard as an answer by voice: read where every text is, ended and recorded here, for an action of an app above."""

from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Challenge
from ojakgyo.apps.cards.reading import read_answer
from ojakgyo.apps.cards.voice.queries import demand_card
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.cards import challenge
from ojakgyo.domain.checkins.printed import Printed
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import ChallengeAnswered
from ojakgyo.domain.values.ids import CardId, PersonId


def judge(desk: Desk, *, person: PersonId, words: str) -> Printed | None:
    """Inside the caller's transaction. One answer ends the question, right or not. None is open: `Refused`.

    When next, by the row that was used up; None: none was.
    """
    demand_cell(desk, person)
    card = demand_card(person)
    asked = Challenge.objects.filter(card=card, until_ms__gt=desk.now, row__gte=card.row).first()
    if asked is None:
        raise Refused("cards.no_challenge", person=person)
    result, printed = read_answer(desk, card=card, words=words, asked=challenge.Challenge(asked.row, asked.digit))
    Challenge.objects.filter(card=card).delete()
    told = desk.now
    record(desk, ChallengeAnswered(card=CardId(card.pk), person=person, row=asked.row, result=result, told=told))
    return printed
