"""The closed lists that facts are said in. A value is never renamed or taken away."""

from enum import StrEnum


class Channel(StrEnum):
    """How words came in."""

    SPOOL = "spool"
    TYPED = "typed"
    PROGRAM = "program"
    """Through the API, or by a command on the machine."""
    ANDROID = "android"
    """A gateway on a phone in the desk's own hands."""
    SIGNED = "signed"
    """Any other machine that signs what it hands in."""


class ReadingResult(StrEnum):
    """What the digits of a text are on a card. Bad input is a reading too, never an error."""

    OK = "ok"
    SLIP = "slip"
    DURESS = "duress"
    REPLAY = "replay"
    GARBLED = "garbled"
    MALFORMED = "malformed"
    TRIPWIRE = "tripwire"
    """A row of a card that was lost, captured, burnt or replaced: its holder does not use it."""
    THROTTLED = "throttled"
    """Right or not, it is not relied on: too many before it were wrong."""


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


class DeskWord(StrEnum):
    """What the desk may say back by a row's answers. Only words that stop somebody, so a guessed one moves nobody."""

    NOTED = "noted"
    LIE_LOW = "lie_low"
    DO_NOT_COME = "do_not_come"


class PrintForm(StrEnum):
    """How rows come onto paper."""

    CARD = "card"
    """Ten of the size of a credit card on a sheet."""
    COPYING = "copying"
    """Large, one on a sheet: to be copied by hand into one's own notebook, and burnt."""


class LinkKind(StrEnum):
    """How somebody came to know enough to endanger somebody else."""

    MET = "met"
    CALLED = "called"
    HOUSED = "housed"
    PAID = "paid"
    HANDED_OVER = "handed_over"
    CARRIES = "carries"
    """The holder of a line has it in the pocket."""
    HELD_THE_KEY = "held_the_key"
    """An officer could read the names and numbers of a cell."""


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
    CHALLENGE = "challenge"
    """What was answered to a row and a digit that the desk asked for by voice."""
    QUESTION = "question"
    """What was answered to a private question."""
    REMOVAL = "removal"
    """Two officers' own word about one they removed; it is no row, and is taken from the fact each time."""
    CUSTODY = "custody"
    """An officer says that somebody was captured: in hostile hands, or back from them."""


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
    SILENCE = "silence"
    TEST = "test"


class SlotKind(StrEnum):
    """What opens a vault: words known to the team, an opener's own password, or enough shares."""

    PASSPHRASE = "passphrase"
    OPENER = "opener"
    SHARES = "shares"


class RequestKind(StrEnum):
    """What takes two officers: each puts a signature under one and the same request."""

    REMOVE_OFFICER = "remove_officer"
    EXPORT_AUDIT = "export_audit"
    FORGET_PERSON = "forget_person"
    CLOSE_WARNING = "close_warning"
    EXPORT_CELLS = "export_cells"
    END_QUARANTINE = "end_quarantine"


class RevealReason(StrEnum):
    """What a real name is needed for, as a closed list."""

    CALL = "call"
    HANDOVER = "handover"
    DANGER = "danger"
    PAPERS = "papers"
    CORRECTION = "correction"


class LinkSource(StrEnum):
    """What wrote a link down."""

    TYPED = "typed"
    CALL = "call"
    IMPORTED = "imported"


class StandAside(StrEnum):
    """What a helper does when told of danger, agreed beforehand."""

    LIE_LOW = "lie_low"
    LEAVE = "leave"
    PASS_THE_PARTY_ON = "pass_the_party_on"
    DESTROY_THE_CARD = "destroy_the_card"


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    DEAD_LINE = "dead_line"


class ExportFormat(StrEnum):
    """What a file for use outside the desk is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Absence(StrEnum):
    """Why the house did nothing for a while."""

    CLOSED = "closed"
    """It was not open: sealed, killed, without power."""
    ASLEEP = "asleep"
    """The machine slept with the house open."""
    SET_AHEAD = "set_ahead"
    """The machine's clock was set ahead: the house was there, and time was not."""


class PlanKind(StrEnum):
    """What somebody's windows follow from."""

    DAYS = "days"
    """Every so many days."""
    PATTERN = "pattern"
    """A line of cron, by the wall clock of a zone."""
    RULE = "rule"
    """An imported recurrence rule."""


class MissCause(StrEnum):
    """Why a window was missed, once it is known."""

    BATTERY = "battery"
    NO_NETWORK = "no_network"
    NO_MONEY = "no_money"
    ON_THE_WAY = "on_the_way"
    WATCHED = "watched"
    """They kept still because somebody looked on."""
    FORGOTTEN = "forgotten"
    TAKEN = "taken"


class SilenceEnd(StrEnum):
    """How a silence ended. None ends by itself."""

    HEARD = "heard"
    SEEN = "seen"
    """Somebody's word that they are well."""
    WARNING = "warning"
    """It is looked after as a warning from now on."""
    AREA = "area"
    """The whole area is silent."""
    AGREED = "agreed"
    """They had said so, and the desk did not know."""
    EXPLAINED = "explained"
    """Why they were silent has become known, and it was harmless."""


class CallReason(StrEnum):
    """Why an officer calls although the desk says no."""

    LIFE_AT_STAKE = "life_at_stake"
    THEY_ASKED = "they_asked"
    OTHER_LINE = "other_line"


class WayKind(StrEnum):
    """How an officer is woken."""

    PAGE = "page"
    """The page that is open, with its sound."""
    MAIL = "mail"
    WEBHOOK = "webhook"
    APPRISE = "apprise"
