"""How sure a sign of life is of being theirs, by what kind of contact it was, and by nothing it said.

A, a code that used a row of their card: under duress as much as in freedom. B, an answer to a private question, by a voice
that is known; a group's members are never surer than that. C, a voice or a text that shows nothing, or the word of whoever
speaks for them. D, somebody else's. Each ends the waiting; C and D say nothing to what is believed.

Source: research, communications-and-cards.md, "Semantics".
"""

from enum import StrEnum
from typing import Final

from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact, ReadingResult


class Sureness(StrEnum):
    A = "a"
    B = "b"
    C = "c"
    D = "d"

    @property
    def believed(self) -> bool:
        """Whether it says anything about freedom; else it only ends the waiting."""
        return self in (Sureness.A, Sureness.B)


USED_A_ROW: Final = frozenset({ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS})
NOBODYS: Final = frozenset({ReadingResult.REPLAY, ReadingResult.TRIPWIRE, ReadingResult.THROTTLED})
"""Whoever has an old text, an old card or time to guess can send these."""


def of(fact: Fact, *, spoken_for_by: int | None = None) -> Sureness | None:
    """Of one fact; None: no sign of life. `spoken_for_by`: whose word counts for them, by agreement."""
    match fact:
        case facts.QuestionAnswered():
            return Sureness.B
        case facts.MessageRead() | facts.ChallengeAnswered():
            if fact.result in NOBODYS:
                return None
            return Sureness.A if fact.row is not None and fact.result in USED_A_ROW else Sureness.C
        case facts.GroupCounted():
            return Sureness.B if fact.heads >= fact.count else None
        case facts.HeardWithoutCard():
            return Sureness.C
        case facts.HeardThrough():
            return Sureness.C if fact.through == spoken_for_by else Sureness.D
    return None
