"""Facts by which somebody was heard, in a window or outside, and who that was."""

from ojakgyo.apps.contact.agreements.groups import members_of
from ojakgyo.domain.checkins.sureness import NOBODYS
from ojakgyo.domain.facts import (
    ChallengeAnswered,
    GroupCounted,
    HeardThrough,
    HeardWithoutCard,
    MessageRead,
    QuestionAnswered,
    WindowKept,
)
from ojakgyo.domain.values.ids import PersonId

Heard = WindowKept | MessageRead | HeardWithoutCard | HeardThrough | ChallengeAnswered | QuestionAnswered | GroupCounted


def whom(fact: Heard) -> tuple[PersonId, ...]:
    """Nobody, where what came in shows nobody: an old text, an old card, a guess, or fewer heads than were agreed."""
    if isinstance(fact, GroupCounted):
        return members_of(fact.speaker) if fact.heads >= fact.count else ()
    said_nothing = fact.person is None or getattr(fact, "result", None) in NOBODYS
    return () if said_nothing else (fact.person,)
