"""What the desk shows about calling somebody, and about a meeting that is written down. Frozen; a template asks no more."""

from dataclasses import dataclass, field
from enum import StrEnum

from ojakgyo.apps.cards.voice.values import Voice
from ojakgyo.apps.contact.values import Window
from ojakgyo.domain.cards.decode import LENGTH
from ojakgyo.domain.facts import CallOutcome, CallReason, RouteKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import AreaId, LineId, PersonId, PlaceId, Seq, WarningId
from ojakgyo.domain.values.instants import Instant


class Word(StrEnum):
    """May I call? In one word."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class Because(StrEnum):
    """One reason. `OTHER_HANDS` is said in the same words whatever speaks for it: a burnt line, a report, a reading.

    `ASK_FIRST` says less: it is said to who may not see what was read, and after "well" like after duress.
    """

    WINDOW_OPEN = "window_open"
    UNDER_WAY = "under_way"
    WINDOW_COMES = "window_comes"
    NO_WINDOW = "no_window"
    QUIET = "quiet"
    OTHER_HANDS = "other_hands"
    ASK_FIRST = "ask_first"
    FELL_SILENT = "fell_silent"
    """A window was missed and nothing was heard since: nobody calls that line back."""
    KEPT_QUIET = "kept_quiet"
    RAN_OUT = "ran_out"
    RADIO_SILENCE = "radio_silence"
    AREA_OUT = "area_out"
    AREA_CALLED = "area_called"
    """So many calls went into that area lately that one more would betray it."""
    NO_PHONE = "no_phone"
    NO_KEY = "no_key"


@dataclass(frozen=True, slots=True)
class Answer:
    """One word, one reason, until when: yes until the window closes or the call ends, later from when the next opens or
    what holds it back or an announced quiet ends; what ran out, since when.
    """

    word: Word
    because: Because
    at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """Somebody who may be called now, or later today. `ask_first`: whether they may, safety says."""

    person: PersonId
    code_name: CodeName
    window: Window
    open: bool
    ask_first: bool = False
    held: Answer | None = None
    """What holds the call back, whether the window is open or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A call that was made; `by`: None for an officer nobody knows any more."""

    at: Instant
    by: CodeName | None
    outcome: CallOutcome
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWay:
    """An agreed way to tell somebody outside the window. Whoever carries the words is asked about like anybody else."""

    route: RouteKind
    through: PersonId | None
    code_name: CodeName | None
    delay_ms: int
    struck: bool = False
    """It rings the phone that is not called now."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """A call that was begun although the desk said no. `said`: what it says besides; None: it would say yes by now."""

    reason: CallReason
    said: Answer | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A warning of theirs that stands, for who may see its reason. `late`: no call may go out before its deadline."""

    warning: WarningId
    deadline: Instant
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """One person and the answer. Without the cell's key the rest is empty; where the word is no or safety is asked first,
    what is left is what somebody who has a card may be told when they call.
    """

    person: PersonId
    code_name: CodeName
    answer: Answer
    lines: tuple[tuple[LineId, int], ...] = ()
    """Phones that may be called, and which of theirs each is."""
    has_card: bool = False
    voice: Voice | None = None
    """What can be said and asked by voice; for who has no card, on yes and later alone."""
    following: Instant | None = None
    """When the window after the present one opens, to be said at the end."""
    ways: tuple[OtherWay, ...] = ()
    past: tuple[Past, ...] = ()
    reasons: tuple[CallReason, ...] = ()
    """For which the number is shown although the word is not yes."""
    overridden: Overridden | None = None
    standing: Standing | None = None

    @property
    def rows(self) -> bool:
        """Whether there is a card, and a row left on it."""
        return self.has_card and self.voice is not None and self.voice.lines > 0

    @property
    def held(self) -> bool:
        return self.answer.because is not Because.NO_KEY


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer by voice that is not kept before somebody has looked at it again. `digits`: how many were heard."""

    heard: str
    digits: int

    def __repr__(self) -> str:
        return "Doubt()"

    @property
    def length(self) -> int:
        """How many an answer has."""
        return LENGTH


@dataclass(frozen=True, slots=True)
class Undo:
    """What was written down just now and can still be taken back."""

    number: Seq
    until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house somebody stayed in: known by its area and by who stayed there last."""

    place: PlaceId
    area: str
    last: Instant
    guests: tuple[CodeName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTyped:
    """What stands in the form."""

    people: str = ""
    kind: str = "met"
    house: str = ""
    area: str = ""
    first: str = ""
    last: str = ""
    imprecise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    areas: tuple[tuple[AreaId, str], ...]
    houses: tuple[House, ...]
    typed: MeetingTyped = MeetingTyped()
    wrong: dict[str, str] = field(default_factory=dict)
    """Field -> error code."""
    undo: Undo | None = None
