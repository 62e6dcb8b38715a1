"""What the desk shows about contacts: check-ins, ears, and the page that logs one. Frozen; a template asks no more."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ojakgyo.domain.cards.decode import LENGTHS
from ojakgyo.domain.checkins.typed import Says
from ojakgyo.domain.facts import Channel, Meaning
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import MessageId, PersonId
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import PersonRole

TEXTS: Final = (Channel.SPOOL, Channel.ANDROID, Channel.SIGNED)
"""Channels by which texts come in."""


@dataclass(frozen=True, slots=True)
class Window:
    """When somebody has agreed to be in reach."""

    opens: Instant
    closes: Instant


class CheckinState(StrEnum):
    """As `domain.checkins.windows.WindowState`, for one helper; and unknown, while a radio silence is running."""

    DUE = "due"
    OPEN = "open"
    LATE = "late"
    MISSED = "missed"
    HEARD = "heard"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckinLine:
    """One helper on the axis of twelve hours. A reading counts as any sign of life for who may not see its reason."""

    subject: int
    code_name: CodeName
    state: CheckinState
    window: Window | None = None
    grace_until: Instant | None = None
    heard: Instant | None = None
    """Newest sign of life; shown when `state` is heard."""
    silent_since: Instant | None = None
    """Late or missed: when the window closed."""
    says: Meaning | None = None
    """A word of danger, for who may see it: they lie low, or must be fetched."""
    pressing: bool = False
    """Amber: later than this helper usually is, and nothing else says why."""
    area: bool = False
    """Late or missed, and their area is silent as a whole."""


class EarState(StrEnum):
    """How a channel stands."""

    NEVER = "never"
    HEARD = "heard"
    AWAITED = "awaited"
    """An earlier run of the house heard it; this one has not yet."""
    DEAF = "deaf"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeafEar:
    """A channel that is not heard. `gateway` None: the spool."""

    channel: Channel
    gateway: int | None
    since: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietLine:
    """They said that nothing will be heard of them until then."""

    person: PersonId
    code_name: CodeName
    until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Are our channels hearing? A deaf desk judges nobody's silence; `deaf`: which of them are not."""

    channels: int
    hearing: int
    deaf_since: Instant | None = None
    deaf: tuple[DeafEar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Messages with the same thing wrong: a code of the registry, how many, and when the last came."""

    code: str
    count: int
    last: Instant

    @property
    def of_the_channel(self) -> bool:
        """Something is wrong with the machine that brought it, not with who wrote it."""
        return self.code in ("contact.file_unreadable", "contact.post_unreadable")


class Opens(StrEnum):
    """Whether the words of a message open: to the one at the desk, to the organisation's shares, or not here and now."""

    HERE = "here"
    BY_SHARES = "by_shares"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A contact that was logged. It says the same for every meaning."""

    at: Instant
    code_name: CodeName | None
    """Who wrote or called, or whom a report is about; None where nobody is known any more."""
    channel: Channel | None
    """None: a report."""
    by: CodeName | None = None
    """The officer who typed it, or through whose program it came."""
    person: PersonId | None = None
    message: MessageId | None = None
    opens: Opens = Opens.NOT


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """A text that came in. `person` None: of a number nobody is known by.

    `new_phone`: it is theirs by their card alone, the phone was not known before. `may_settle`: the one at the desk may say
    whether that phone is theirs; of several texts the newest asks.
    """

    message: MessageId
    at: Instant
    person: PersonId | None
    code_name: CodeName | None
    opens: Opens
    new_phone: bool = False
    may_settle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A field that must be corrected: its name in the form, and an error code of the registry."""

    field: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTyped:
    """What stands in the report form; the defaults are "usual, unconfirmed"."""

    about: str = ""
    source: str = ""
    report: str = ""
    reliability: str = "usual"
    credibility: str = "unconfirmed"
    since: str = ""
    days: str = "7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody who may be meant."""

    person: PersonId
    code_name: CodeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Who(Choice):
    """Who is meant. `cell` None: in none, or in one whose key is not held."""

    cell: str | None
    roles: tuple[PersonRole, ...]
    card: bool
    """Whether a card is in use; its digits are looked at by nobody here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A line as it stands half typed: who is meant, what has the form of digits, when the next contact is.

    It never says what digits mean. `choices`: who may be meant, where `who` is not settled. `wrong`: an error code.
    """

    at: Instant
    who: Who | None
    choices: tuple[Choice, ...]
    says: Says
    digits: tuple[str, ...]
    following: Instant | None
    typed_following: bool
    closes: Instant | None = None
    """Of a next contact that a row of their paper says: until when."""
    by_row: bool = False
    """The row of their card says when next, once the digits are read."""
    soon: Instant | None = None
    """Where no next contact is known: the window about to open, for which this contact may count."""
    through: CodeName | None = None
    """Who spoke for them."""
    heads: int | None = None
    """How many they said they are."""
    wrong: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLine(Choice):
    """The line an officer logged last. `until`: so long it may be taken back; None: it is too late.

    `following`: when the next contact begins; `closes`: and ends, where a row of their paper says it.
    """

    at: Instant
    following: Instant | None
    message: MessageId
    until: Instant | None
    closes: Instant | None = None
    by_row: bool = False
    """Not read yet: the row of their card will say when next, if the digits are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A line that is not kept before somebody has looked at it again. `digits`: how many stand there; 0: none do."""

    line: str
    digits: int
    who: PersonId | None = None
    """Who was picked, where the name fits several."""

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many a code has."""
        return tuple(LENGTHS)


class Noted(StrEnum):
    """What was typed just now, or taken back."""

    LINE = "line"
    REPORT = "report"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """`noted` is one truth for all: nothing here may differ by what the digits meant, or by what was seen."""

    noted: Noted | None = None
    last: LastLine | None = None
    line: str = ""
    asked: Asked | None = None
    typed: Understood | None = None
    report: ReportTyped = ReportTyped()
    wrong: tuple[Wrong, ...] = ()
    recent: tuple[LogLine, ...] = ()
    came_in: tuple[MessageLine, ...] = ()

    @property
    def faults(self) -> dict[str, str]:
        """Field -> error code."""
        return {each.field: each.code for each in self.wrong}
