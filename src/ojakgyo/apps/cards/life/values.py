"""What pages get of the life of cards. Nothing in here differs by what a text read as: every row used looks the same."""

from dataclasses import dataclass
from enum import StrEnum

from ojakgyo.apps.cards.models import CardState, ReplaceReason
from ojakgyo.apps.vault.values import RequestLine
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CardId, LineId, PersonId
from ojakgyo.domain.values.instants import Instant

__all__ = ["CardLine", "CardPage", "CardState", "IssuePage", "NextStep", "Pocket", "ReplaceReason", "SharedLine"]


class NextStep(StrEnum):
    """The one thing to do next, most urgent first."""

    ASK_BY_VOICE = "ask_by_voice"
    """A row is to be asked for by voice; why is not said here."""
    RENEW = "renew"
    """Issue the next card: few rows are left, or others may have read this one."""
    ISSUE = "issue"
    TELL_AND_HAND_OVER = "tell_and_hand_over"
    PRINT = "print"
    END_QUARANTINE = "end_quarantine"
    WAIT_FOR_FIRST_CODE = "wait_for_first_code"
    IN_USE = "in_use"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One card of a person, or (`card` None) somebody who has none. `rows_left`: on the paper, 0..12.

    `since`: since when it stands as it does: in use, handed over, printed, issued; without a card: since the last ended.
    `ended`: of somebody without a card, what became of the last one they had.
    """

    person: PersonId
    code_name: CodeName
    cell: str
    card: CardId | None
    step: NextStep
    rows_left: int | None
    issued: Instant | None
    since: Instant | None
    replace: ReplaceReason | None
    ended: CardState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """One card. `row`: the next unused row as the paper counts it, from 1. `watched_until`: of one that is over, how long
    its rows are tripwires.

    `before`: the card that works until this one's first code comes; `following`: the one that comes after this one.
    `of_today`: of a card that is over or to come, the one in use; whatever is the person's, not the paper's, is done there.
    """

    line: CardLine
    state: CardState
    row: int
    printed: Instant | None
    told: Instant | None
    handed: Instant | None
    first: Instant | None
    ended: Instant | None
    watched_until: Instant | None
    replace_since: Instant | None
    before: CardId | None
    following: CardId | None
    in_quarantine: bool

    @property
    def over(self) -> bool:
        return self.state is not CardState.ACTIVE

    @property
    def was_in_hands(self) -> bool:
        """It was given to its holder, so it can have been taken with them, also after it was ended."""
        return self.handed is not None

    @property
    def of_today(self) -> CardId | None:
        return self.following if self.over else self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePage:
    """A person before a card is issued to them. `quarantine`: since when they are in it; `request`: to end it, while it
    can be signed or used.
    """

    person: PersonId
    code_name: CodeName
    cell: str
    lines: tuple[CardLine, ...]
    """The card in use, and the one to come."""
    quarantine: Instant | None
    request: RequestLine | None
    may_ask: bool
    may_issue: bool
    handed_over: bool
    """The card to come is in its holder's hands."""


@dataclass(frozen=True, slots=True)
class Pocket:
    """By which number a holder's codes speak of somebody."""

    about: PersonId
    code_name: CodeName
    number: str


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line of a person, and who else speaks through it."""

    line: LineId
    state: LineState
    sharers: tuple[tuple[PersonId, CodeName], ...]
