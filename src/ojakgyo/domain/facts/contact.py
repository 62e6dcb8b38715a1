"""What comes in."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import CallOutcome, Channel, Meaning, ReadingResult, RouteKind, StandAside
from ojakgyo.domain.values.ids import CardId, LineId, MessageId, OfficerId, PersonId, Seq
from ojakgyo.domain.values.instants import Instant


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
    """It says again what came before, and is joined to the first: the same words from the same line within ten minutes, or
    the last text of a card within 48 hours.
    """

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


@fact("contact.words_shown")
class WordsShown(Fact):
    """An officer has looked at the words of a message as they came."""

    message: MessageId


@fact("contact.phone_left")
class PhoneLeft(Fact):
    """The phone a text came from is not recorded as its writer's: it may be borrowed."""

    person: PersonId
    message: MessageId


@fact("contact.window_kept")
class WindowKept(Fact):
    person: PersonId
    window: int


@fact("contact.window_missed")
class WindowMissed(Fact):
    person: PersonId
    window: int


@fact("contact.windows_voided")
class WindowsVoided(Fact):
    """What was agreed is known to others: none of these windows is waited for."""

    count: int


# Agreements, and what officers type -----------------------------------------------------------------------------------


@fact("contact.plan_agreed")
class PlanAgreed(Fact):
    """Every so many days at the same hour, from `first` on; windows follow from it, one at a time."""

    person: PersonId
    every_days: int
    first: Instant


@fact("contact.stand_aside_agreed")
class StandAsideAgreed(Fact):
    """What a helper does when told of danger, and how many they look after."""

    person: PersonId
    aside: StandAside
    adults: int
    children: int


@fact("contact.plan_ended")
class PlanEnded(Fact):
    """No window follows by itself any more."""

    person: PersonId


@fact("contact.route_dropped")
class RouteDropped(Fact):
    """A way to tell somebody does not work any more."""

    person: PersonId
    route: RouteKind
    through: PersonId | None


@fact("contact.agreements_removed")
class AgreementsRemoved(Fact):
    """Plans, windows, routes, noticers of somebody whom an import brought and took back."""

    person: PersonId
    count: int


@fact("contact.line_held")
class LineHeld(Fact):
    """An officer typed a line; it is read in a few seconds, unless it is taken back before."""

    message: MessageId
    person: PersonId


@fact("contact.line_taken_back")
class LineTakenBack(Fact):
    """The line was never read."""

    message: MessageId


@fact("contact.heard_without_card")
class HeardWithoutCard(Fact):
    """Somebody without a card was heard: a window is kept, and nothing is believed of it."""

    person: PersonId
    window: int | None


@fact("contact.called")
class Called(Fact):
    """An officer called somebody, and what came of it."""

    person: PersonId
    officer: OfficerId
    line: LineId | None
    outcome: CallOutcome
    seconds: int


@fact("contact.call_taken_back")
class CallTakenBack(Fact):
    """There was no such call: it was typed by mistake, and no link was written."""

    call: Seq
    person: PersonId


@fact("contact.number_shown")
class NumberShown(Fact):
    """An officer who may call somebody now has seen the number."""

    person: PersonId
    line: LineId
