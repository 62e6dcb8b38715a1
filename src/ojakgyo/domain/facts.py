"""Facts: what happened, typed, in ids, closed enums, whole numbers, truths and instants; no text, no fraction, no name.

Body: UTF-8 JSON, keys sorted, no blanks; ids as written ids, enums by value. A released (kind, v) is never changed,
renamed or removed: a new v and an upcaster come instead (`upcaster`), and its golden JSON stands in tests/vectors/facts/.
"""

import json
import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Final, Union, cast, dataclass_transform, get_args, get_origin, get_type_hints

from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import (
    AreaId,
    CardId,
    CellId,
    LineId,
    LinkId,
    MessageId,
    OfficerId,
    PersonId,
    PlaceId,
    Seq,
    TokenId,
    WarningId,
)
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.values.roles import OfficerRole, PersonRole


class Channel(StrEnum):
    """How words came in."""

    SPOOL = "spool"
    TYPED = "typed"


class ReadingResult(StrEnum):
    """What the digits of a text are on a card. Bad input is a reading too, never an error."""

    OK = "ok"
    SLIP = "slip"
    DURESS = "duress"
    REPLAY = "replay"
    GARBLED = "garbled"
    MALFORMED = "malformed"


class Meaning(StrEnum):
    """What the third digit says. Guards stand between the groups, so that one column's slip never crosses them."""

    WELL = "well"
    DELAYED = "delayed"
    GUARD_2 = "guard_2"
    DANGER = "danger"
    PICK_UP = "pick_up"
    GUARD_5 = "guard_5"
    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    ARRIVED = "arrived"
    GUARD_9 = "guard_9"


class LinkKind(StrEnum):
    """How somebody came to know enough to endanger somebody else."""

    MET = "met"
    CALLED = "called"
    HOUSED = "housed"
    PAID = "paid"
    HANDED_OVER = "handed_over"
    CARRIES = "carries"
    """The holder of a line has it in the pocket."""


class Reliability(StrEnum):
    """How often a source was right (the letter of a grading), kept apart from what it says."""

    UNKNOWN = "unknown"
    USUAL = "usual"
    GOOD = "good"
    POOR = "poor"


class Credibility(StrEnum):
    """How far what was said is borne out (the number of a grading)."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"


class ReportKind(StrEnum):
    """What was seen, as a closed list: no free words in a fact."""

    STRANGERS_AT_THE_HOUSE = "strangers_at_the_house"
    TAKEN_AWAY = "taken_away"
    SEEN_WELL = "seen_well"


class RouteKind(StrEnum):
    """A way to tell somebody outside the window."""

    RELAY = "relay"
    NEIGHBOUR = "neighbour"
    AGREED_LINE = "agreed_line"


class SignalKind(StrEnum):
    """What kind of evidence about a person."""

    READING = "reading"
    REPORT = "report"
    MISSED_WINDOW = "missed_window"


class Answer(StrEnum):
    """What came of telling somebody."""

    CONFIRMED = "confirmed"
    SENT = "sent"
    UNREACHABLE = "unreachable"


class CloseReason(StrEnum):
    """Why a warning ended."""

    CONFIRMED = "confirmed"
    WRONG_SIGNAL = "wrong_signal"
    NO_LINK = "no_link"
    DUPLICATE = "duplicate"
    OTHER_CAUSE = "other_cause"


class Exposes(StrEnum):
    """What using a warning route gives away."""

    NOTHING_NEW = "nothing_new"
    THE_RELAY = "the_relay"
    THE_LINE = "the_line"
    A_MEETING = "a_meeting"


class LineState(StrEnum):
    """Whether a line may still be trusted."""

    ACTIVE = "active"
    BURNT = "burnt"
    SEIZED = "seized"
    QUIET = "quiet"


class WakeKind(StrEnum):
    """Why an officer is woken."""

    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact may carry: when it happened (from, to; both null when unknown) and when the desk was told."""

    kind: ClassVar[str]
    v: ClassVar[int]
    happened_from: Instant | None = None
    happened_to: Instant | None = None
    told: Instant | None = None


KINDS: Final[dict[tuple[str, int], type[Fact]]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(kind: str, v: int = 1) -> Callable[[type], type]:
    """Declare a fact: `area.what_happened` and its version."""

    def declare(cls: type) -> type:
        made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.kind, made.v = kind, v
        if (kind, v) in KINDS:
            raise ValueError(f"declared twice: {kind} {v}")
        KINDS[kind, v] = made
        return cast(type, made)

    return declare


# The house and its officers -------------------------------------------------------------------------------------------


@fact("vault.founded")
class VaultFounded(Fact):
    demo: bool


@fact("vault.unsealed")
class VaultUnsealed(Fact):
    run: int


@fact("vault.sealed")
class VaultSealed(Fact):
    run: int


@fact("vault.officer_enrolled")
class OfficerEnrolled(Fact):
    officer: OfficerId


@fact("vault.role_given")
class RoleGiven(Fact):
    officer: OfficerId
    role: OfficerRole


@fact("vault.cell_founded")
class CellFounded(Fact):
    cell: CellId
    area: AreaId


@fact("vault.key_granted")
class KeyGranted(Fact):
    cell: CellId
    officer: OfficerId
    epoch: int


@fact("vault.signed_in")
class SignedIn(Fact):
    officer: OfficerId


@fact("vault.session_ended")
class SessionEnded(Fact):
    officer: OfficerId


@fact("vault.token_issued")
class TokenIssued(Fact):
    token: TokenId


# People and the network ----------------------------------------------------------------------------------------------


@fact("people.person_added")
class PersonAdded(Fact):
    person: PersonId
    role: PersonRole
    cell: CellId


@fact("network.line_recorded")
class LineRecorded(Fact):
    line: LineId
    holder: PersonId


@fact("network.area_recorded")
class AreaRecorded(Fact):
    area: AreaId


@fact("network.place_recorded")
class PlaceRecorded(Fact):
    place: PlaceId
    area: AreaId


@fact("network.link_recorded")
class LinkRecorded(Fact):
    link: LinkId
    link_kind: LinkKind


@fact("network.link_forgotten")
class LinkForgotten(Fact):
    link: LinkId


@fact("cards.card_issued")
class CardIssued(Fact):
    card: CardId
    person: PersonId


# What comes in -------------------------------------------------------------------------------------------------------


@fact("contact.window_agreed")
class WindowAgreed(Fact):
    person: PersonId
    opens: Instant
    closes: Instant


@fact("contact.route_agreed")
class RouteAgreed(Fact):
    person: PersonId
    route: RouteKind
    through: PersonId | None


@fact("contact.noticer_agreed")
class NoticerAgreed(Fact):
    person: PersonId
    noticer: PersonId


@fact("contact.message_received")
class MessageReceived(Fact):
    message: MessageId
    inbound: int
    channel: Channel
    line: LineId | None


@fact("contact.message_repeated")
class MessageRepeated(Fact):
    """The same words from the same line within ten minutes: kept, and joined to the first."""

    message: MessageId
    first: MessageId


@fact("contact.file_seen_again")
class FileSeenAgain(Fact):
    """A file that was kept before and not yet deleted, as after a crash; nothing is taken twice."""

    inbound: int


@fact("contact.file_unreadable")
class FileUnreadable(Fact):
    message: MessageId
    inbound: int


@fact("contact.message_read")
class MessageRead(Fact):
    """One text decoded, nobody signed in. `card` null: no card to read it by."""

    message: MessageId
    line: LineId | None
    person: PersonId | None
    card: CardId | None
    row: int | None
    result: ReadingResult
    meaning: Meaning | None
    window: int | None


@fact("contact.window_kept")
class WindowKept(Fact):
    person: PersonId
    window: int


@fact("contact.window_missed")
class WindowMissed(Fact):
    person: PersonId
    window: int


# The watch -----------------------------------------------------------------------------------------------------------


@fact("watch.report_heard")
class ReportHeard(Fact):
    about: PersonId
    source: PersonId | None
    report: ReportKind
    reliability: Reliability
    credibility: Credibility


@fact("watch.signal_weighed")
class SignalWeighed(Fact):
    person: PersonId
    signal: SignalKind
    because: Seq


@fact("watch.warning_raised")
class WarningRaised(Fact):
    warning: WarningId
    subject: PersonId
    episode: int
    deadline: Instant
    because: Seq


@fact("watch.deadline_moved")
class DeadlineMoved(Fact):
    warning: WarningId
    before: Instant
    deadline: Instant
    because: Seq


@fact("watch.warning_red")
class WarningTurnedRed(Fact):
    warning: WarningId
    deadline: Instant


@fact("watch.warning_too_late")
class WarningTooLate(Fact):
    warning: WarningId
    deadline: Instant


@fact("watch.warning_taken")
class WarningTaken(Fact):
    warning: WarningId
    officer: OfficerId


@fact("watch.warning_acknowledged")
class WarningAcknowledged(Fact):
    warning: WarningId
    officer: OfficerId


@fact("watch.subject_told")
class SubjectTold(Fact):
    warning: WarningId
    route: RouteKind | None
    answer: Answer


@fact("watch.warning_closed")
class WarningClosed(Fact):
    warning: WarningId
    reason: CloseReason


@fact("watch.row_shown")
class RowShown(Fact):
    """Ten minutes unacknowledged: the whole row went to whoever is on duty."""

    warning: WarningId


# Waking officers -----------------------------------------------------------------------------------------------------


@fact("alerts.address_kept")
class AddressKept(Fact):
    officer: OfficerId


@fact("alerts.wake_due")
class WakeDue(Fact):
    warning: WarningId
    officer: OfficerId
    wake: WakeKind
    round: int


@fact("alerts.wake_sent")
class WakeSent(Fact):
    officer: OfficerId
    wake: WakeKind
    round: int


@fact("alerts.wake_failed")
class WakeFailed(Fact):
    officer: OfficerId
    wake: WakeKind
    round: int


@fact("alerts.nobody_to_wake")
class NobodyToWake(Fact):
    """A red, and no address is known."""

    warning: WarningId


@fact("alerts.watcher_kept")
class WatcherKept(Fact):
    pass


@fact("chronicle.stuck_settled")
class StuckSettled(Fact):
    stuck_seq: Seq
    officer: OfficerId


# Bodies --------------------------------------------------------------------------------------------------------------

ID_LETTERS: Final[dict[Any, str]] = {**ids.LETTER_OF, PlaceId: "g", LinkId: "e"}
Plain = dict[str, str | int | bool | None]
Upcaster = Callable[[Plain], Plain]
UPCASTERS: Final[dict[tuple[str, int], Upcaster]] = {}


def upcaster(kind: str, v: int) -> Callable[[Upcaster], Upcaster]:
    """Register the pure function from the fields of (kind, v) to those of (kind, v + 1)."""

    def register(change: Upcaster) -> Upcaster:
        UPCASTERS[kind, v] = change
        return change

    return register


Shape = dict[str, tuple[Any, bool]]
"""Field name -> (its type, may be null)."""


_SHAPES: Final[dict[type[Fact], Shape]] = {}


def shape(cls: type[Fact]) -> Shape:
    if cls not in _SHAPES:
        hints = get_type_hints(cls)
        _SHAPES[cls] = {field.name: _plain_type(hints[field.name]) for field in fields(cls)}
    return _SHAPES[cls]


def _plain_type(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    return next(arg for arg in get_args(hint) if arg is not types.NoneType), True


def _plain(kind: Any, value: Any) -> str | int | bool | None:
    if value is None:
        return None
    if kind in ID_LETTERS:
        return ids.text(ID_LETTERS[kind], value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str(kind(value).value)
    return bool(value) if kind is bool else int(value)


def _value(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if kind in ID_LETTERS:
        return ids.parse_kind(ID_LETTERS[kind], plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain


def plain(said: Fact) -> Plain:
    """The fields as JSON values, ids written out."""
    return {name: _plain(kind, getattr(said, name)) for name, (kind, _) in shape(type(said)).items()}


def body(said: Fact) -> bytes:
    return json.dumps(plain(said), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def stored_fields(stored: bytes) -> Plain:
    """The fields of a stored body as they were written."""
    held: Plain = json.loads(stored)
    return held


def revive(kind: str, v: int, stored: bytes) -> Fact | None:
    """The fact that a stored body is, brought up to the newest version; None where this version does not know it."""
    held = stored_fields(stored)
    while (kind, v) in UPCASTERS:
        held, v = UPCASTERS[kind, v](held), v + 1
    cls = KINDS.get((kind, v))
    if cls is None:
        return None
    return cls(**{name: _value(of, held.get(name)) for name, (of, _) in shape(cls).items()})
