"""Cards in people's hands: printed, handed over, used, lost, replaced; what their codes confirm, and the questions instead."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import DeskWord, PrintForm, ReadingResult
from ojakgyo.domain.values.ids import CardId, LineId, MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

# The life of a card ---------------------------------------------------------------------------------------------------


@fact("cards.card_printed")
class CardPrinted(Fact):
    """`row`: the first row that stands on the paper."""

    card: CardId
    person: PersonId
    form: PrintForm
    row: int


@fact("cards.number_told")
class NumberTold(Fact):
    """An officer has seen the own number, to tell it aloud."""

    card: CardId
    person: PersonId


@fact("cards.card_handed_over")
class CardHandedOver(Fact):
    """The paper is in its holder's hands, and the own number was told."""

    card: CardId
    person: PersonId


@fact("cards.card_activated")
class CardActivated(Fact):
    """The first code of a card came."""

    card: CardId
    person: PersonId
    row: int


@fact("cards.card_retired")
class CardRetired(Fact):
    """The first code of the next card came: this one is read no more, once what is on its way has arrived."""

    card: CardId
    person: PersonId


@fact("cards.card_lost")
class CardLost(Fact):
    """Its paper lies somewhere: whoever uses it is not its holder."""

    card: CardId
    person: PersonId


@fact("cards.card_captured")
class CardCaptured(Fact):
    """Its paper fell into hostile hands with its holder."""

    card: CardId
    person: PersonId


@fact("cards.tripwire_touched")
class TripwireTouched(Fact):
    """Somebody used a row of a card that was ended."""

    card: CardId
    person: PersonId
    row: int
    message: MessageId


@fact("cards.quarantine_begun")
class QuarantineBegun(Fact):
    """Back from custody, or in it: no card is issued, and none is read as before."""

    person: PersonId


@fact("cards.quarantine_ended")
class QuarantineEnded(Fact):
    """Two officers let somebody have a card again."""

    person: PersonId


# Reading ---------------------------------------------------------------------------------------------------------------


@fact("cards.match_waiting")
class MatchWaiting(Fact):
    """A text fits a row, and is not enough by itself: a second row is waited for."""

    card: CardId
    person: PersonId
    row: int
    message: MessageId


@fact("cards.card_throttled")
class CardThrottled(Fact):
    """Too many texts that were not right: only a challenge by voice opens this card again."""

    card: CardId
    person: PersonId


@fact("cards.throttle_lifted")
class ThrottleLifted(Fact):
    """A challenge by voice was answered, rightly or under duress: the card is read as before."""

    card: CardId
    person: PersonId


@fact("cards.resync_begun")
class ResyncBegun(Fact):
    """The desk's knowledge of this card is older than the card: two rows that follow each other set it right."""

    card: CardId
    person: PersonId


@fact("cards.resynchronised")
class Resynchronised(Fact):
    """Two rows that follow each other, or one asked for by voice, showed how far the card is used."""

    card: CardId
    person: PersonId
    row: int


@fact("cards.asked_again")
class AskedAgain(Fact):
    """An officer has asked for the price again, once."""

    person: PersonId
    message: MessageId


@fact("cards.answers_shown")
class AnswersShown(Fact):
    """An officer has seen by which digits the desk says its words, from this row on."""

    card: CardId
    person: PersonId
    row: int


@fact("cards.row_spoken")
class RowSpoken(Fact):
    """The desk spoke first, with the answer of this row."""

    card: CardId
    person: PersonId
    row: int
    word: DeskWord


@fact("cards.challenge_asked")
class ChallengeAsked(Fact):
    """By voice: the row and the digit that were asked for."""

    card: CardId
    person: PersonId
    row: int
    digit: int


@fact("cards.challenge_answered")
class ChallengeAnswered(Fact):
    """What was heard, or sent, as the answer to a row that was asked for."""

    card: CardId
    person: PersonId
    row: int
    result: ReadingResult


@fact("cards.line_shared")
class LineShared(Fact):
    """Somebody else speaks through this line too: its texts are tried on their card as well."""

    line: LineId
    person: PersonId


@fact("cards.line_unshared")
class LineUnshared(Fact):
    """This somebody speaks through the line no more."""

    line: LineId
    person: PersonId


# What a right code confirms --------------------------------------------------------------------------------------------


@fact("cards.receipt_confirmed")
class ReceiptConfirmed(Fact):
    """Money or goods came. `amount`: as the digits said it, in what was agreed with the holder; null: none was said."""

    person: PersonId
    card: CardId
    row: int
    message: MessageId
    amount: int | None


@fact("cards.handover_confirmed")
class HandoverConfirmed(Fact):
    """Handed over. `pocket`: the number that was said; `about`: who is meant by it, if the desk knows."""

    person: PersonId
    card: CardId
    row: int
    message: MessageId
    pocket: int | None
    about: PersonId | None


@fact("cards.arrival_confirmed")
class ArrivalConfirmed(Fact):
    """Somebody arrived, by their own code (`about` is `person`) or by a helper's."""

    person: PersonId
    card: CardId
    row: int
    message: MessageId
    pocket: int | None
    about: PersonId | None


@fact("cards.quiet_announced")
class QuietAnnounced(Fact):
    """Delayed, but well; nothing will be heard until then."""

    person: PersonId
    card: CardId
    row: int
    message: MessageId
    until: Instant


@fact("cards.pocket_number_given")
class PocketNumberGiven(Fact):
    """By this number a holder's codes speak of somebody."""

    holder: PersonId
    about: PersonId
    number: int


@fact("cards.pocket_number_dropped")
class PocketNumberDropped(Fact):
    """The number speaks of nobody any more."""

    holder: PersonId
    about: PersonId
    number: int


# Private questions, for who must carry nothing -------------------------------------------------------------------------


@fact("cards.question_kept")
class QuestionKept(Fact):
    """A private question is there to be put."""

    person: PersonId
    question: int


@fact("cards.question_removed")
class QuestionRemoved(Fact):
    """A private question will not be put."""

    person: PersonId
    question: int


@fact("cards.question_shown")
class QuestionShown(Fact):
    """An officer has seen a question, to ask it; it is never asked again."""

    person: PersonId
    question: int


@fact("cards.question_answered")
class QuestionAnswered(Fact):
    """What was answered to a private question; the window it keeps, whatever it was."""

    person: PersonId
    question: int
    result: ReadingResult
    window: int | None
