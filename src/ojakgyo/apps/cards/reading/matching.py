"""Texts that fit a row and need a second one: from a phone that is not its holder's, or on a card the desk is behind of.

A text at random fits some row of two hundred cards in 27 cases of a hundred, one that is built like a row in 69; it says a
right number on one in 240. So two of them are enough only where they say the same number, right or not
(`python -m benchmarks cards phones`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q

from ojakgyo.apps.cards.models import Card, CardState, LateRow, Match, UsedText
from ojakgyo.apps.cards.reading import throttling
from ojakgyo.apps.cards.reading.accepting import accept, set_right
from ojakgyo.apps.cards.reading.book import Book, open_book, use_up, used_texts
from ojakgyo.apps.cards.reading.kept import kept, span
from ojakgyo.apps.cards.reading.people import is_over
from ojakgyo.apps.cards.reading.tripwires import touch
from ojakgyo.apps.cards.reading.values import CardReading
from ojakgyo.apps.chronicle import due, inbox
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.domain.cards import replay
from ojakgyo.domain.cards.codebook import LATE_HOURS
from ojakgyo.domain.cards.decode import LENGTHS, Reading
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import MatchWaiting, MessageRead, ReadingResult
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant

WAITS_MS: Final = LATE_HOURS * HOUR_MS
RESYNC_WAITS_MS: Final = 14 * DAY_MS
"""Two of somebody's weekly windows."""
AT_MOST: Final = 3
"""So many cards one text may wait on."""
FORGET: Final = "cards.forget_match"
RIGHT: Final = frozenset({ReadingResult.OK, ReadingResult.SLIP})
_LIKELIEST: Final = (ReadingResult.OK, ReadingResult.SLIP, ReadingResult.TRIPWIRE, ReadingResult.DURESS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody's card that a text fits. `book`: None for one that was ended; `number`: tag of the number it says."""

    card: Card
    book: Book | None
    reading: Reading
    tag: bytes
    number: bytes = b""

    @property
    def row(self) -> int:
        assert self.reading.row is not None
        return self.reading.row

    def is_of(self, near: Collection[PersonId]) -> bool:
        return self.book is not None and self.book.person in near

    def turn(self, near: Collection[PersonId]) -> int:
        """Of more fits than are waited with, the likeliest first; before them those of who is near, whatever they say."""
        return -1 if self.is_of(near) else _LIKELIEST.index(self.reading.result)


# From another's phone ---------------------------------------------------------------------------------------------------


def elsewhere(
    desk: Desk,
    said: str,
    *,
    but: Collection[PersonId],
    near: Collection[PersonId] = (),
    sender: bytes,
    message: MessageId,
    at: Instant,
) -> CardReading | None:
    """What a text is on the cards of all others than the people of its line; None: nothing that is worth waiting for.

    `near`: whom its holder has in the pocket. A row of theirs is waited with whatever it says, of others' only a right one.
    A sender who has tried too often today is tried on none: from a phone nobody knows that is a reading, THROTTLED.
    """
    if len(replay.once(said)) not in LENGTHS:
        return None
    if throttling.is_closed(sender, at=at):
        return None if but else CardReading(None, None, Reading(ReadingResult.THROTTLED), trusted=False)
    throttling.count_try(sender, at=at)
    found = sorted(_candidates(desk, said, but, at), key=lambda each: each.turn(near))[:AT_MOST]
    for each in found:
        if (before := _before(each, sender, at)) and any(_enough(each, match) for match in before):
            return _settle(desk, each, before, said, sender=sender, message=message, at=at)
    until = Instant(at + WAITS_MS)
    for each in found:
        _wait(desk, each, sender=sender, message=message, until=until)
    if not found or (but and not found[0].is_of(near) and found[0].reading.result not in RIGHT):
        return None
    return _pending(desk, found[0], message, until)


def _candidates(desk: Desk, said: str, but: Collection[PersonId], at: Instant) -> Iterable[Candidate]:
    fits = {fit.card: fit.row for fit in reversed(kept.index(desk).find(said))}
    for card in Card.objects.filter(pk__in=fits).exclude(person_id__in=but).order_by("pk"):
        if is_over(card, at=at):
            stand, _ = kept.rows(desk, card, span(card))
            reading = Reading(ReadingResult.TRIPWIRE, fits[card.pk])
            if not used_texts(card, stand).hold(replay.once(said)):
                yield Candidate(card, None, reading, replay.tag_of(replay.once(said), key=stand.replay_key))
            continue
        book = open_book(desk, card, at=at)
        reading = book.read(said)
        if reading.row is not None:
            yield Candidate(card, book, reading, book.tag(said), book.number_tag(reading.row, said))


def _before(found: Candidate, sender: bytes, at: Instant) -> list[Match]:
    """What this sender sent before on other rows of this card and may still count, the oldest first."""
    matches = Match.objects.filter(card=found.card, sender=sender, until_ms__gt=at).exclude(row=found.row)
    return [each for each in matches.order_by("pk") if _still_counts(found.card, each)]


def _enough(found: Candidate, before: Match) -> bool:
    """Two texts are that say the same number, the own one or another: nobody sees which. On a card the desk is behind of
    their rows follow each other; so do those of an ended card, which say no number.

    One right text with any other would be enough by chance on one day of three hundred, and count as right.
    """
    consecutive = abs(found.row - before.row) == 1
    if found.book is None:
        return consecutive
    same = found.number == before.number and found.number != b""
    return same and (consecutive or found.card.resync_ms is None)


def _still_counts(card: Card, match: Match) -> bool:
    """Whether its row is still to be had, or was used by this very text. Rows of an ended card stay."""
    if card.in_use != CardState.ACTIVE or match.row >= card.row:
        return True
    passed = LateRow.objects.filter(card=card, row=match.row).exists()
    return passed or UsedText.objects.filter(card=card, row=match.row, tag=match.tag).exists()


def _settle(
    desk: Desk, found: Candidate, before: list[Match], said: str, *, sender: bytes, message: MessageId, at: Instant
) -> CardReading:
    """Two rows of one card came from one sender: both texts count, and all others of theirs that wait on this card.

    On a card the desk is behind of only the row beside it: others may have been used after the backup.
    That the sender tried before is forgiven, but not for rows of an ended card: those are never used up.
    """
    if found.book is None:
        counted = touch(desk, found.card, found.row, message)
    elif found.card.resync_ms is not None:
        before = [next(match for match in before if _enough(found, match))]
        counted = _set_right(desk, found, before[0], said, message=message, at=at)
    else:
        counted = accept(desk, found.book, found.reading, said, message=message, at=at)
    earlier = tuple(MessageId(match.message) for match in before)
    Match.objects.filter(Q(card=found.card, sender=sender) | Q(message__in=earlier)).delete()
    if found.book is not None:
        throttling.forgive(sender)
    return replace(counted, earlier=earlier)


# On a card the desk is behind of ---------------------------------------------------------------------------------------


def resync(
    desk: Desk,
    book: Book,
    reading: Reading,
    said: str,
    *,
    sender: bytes,
    message: MessageId,
    at: Instant,
) -> CardReading:
    """Two rows that follow each other set the desk right, whichever phone they came from. Until then none counts.

    Duress is heard at once all the same: nobody gains anything by saying it twice.
    """
    assert reading.row is not None
    found = Candidate(book.card, book, reading, book.tag(said), book.number_tag(reading.row, said))
    beside = Match.objects.filter(card=book.card, row__in=(found.row - 1, found.row + 1), until_ms__gt=at)
    before = beside.exclude(tag=found.tag).order_by("-pk").first()
    if before is not None:
        return _set_right(desk, found, before, said, message=message, at=at)
    until = Instant(at + RESYNC_WAITS_MS)
    _wait(desk, found, sender=sender, message=message, until=until)
    if reading.result is ReadingResult.DURESS:
        return CardReading(CardId(book.card.pk), book.person, reading)
    return _pending(desk, found, message, until)


def _set_right(
    desk: Desk, found: Candidate, before: Match, said: str, *, message: MessageId, at: Instant
) -> CardReading:
    """Of the rows passed over only the first text's may still be read: the others may have been used after the backup.

    One that was read when it came, for it was duress, is used up here; every other when it is read again.
    """
    assert found.book is not None
    counted = accept(desk, found.book, found.reading, said, message=message, at=at, late=(before.row,))
    set_right(desk, found.book, found.row)
    if inbox.mentioning([ids.text("m", before.message)], kinds=(MessageRead,), at_most=1):
        book = open_book(desk, Card.objects.get(pk=found.card.pk), at=at)
        use_up(desk, book, before.row, bytes(before.tag), late=())
    Match.objects.filter(card=found.card).delete()
    return replace(counted, earlier=(MessageId(before.message),))


# Waiting ---------------------------------------------------------------------------------------------------------------


def _wait(desk: Desk, found: Candidate, *, sender: bytes, message: MessageId, until: Instant) -> None:
    """Of two texts of one sender in the same row the first is waited with."""
    kept_for = {
        "tag": found.tag,
        "number": found.number,
        "message": message,
        "result": found.reading.result,
        "until_ms": until,
    }
    Match.objects.filter(card=found.card, row=found.row, sender=sender, until_ms__lte=desk.now).delete()
    Match.objects.get_or_create(card=found.card, row=found.row, sender=sender, defaults=kept_for)
    due.put(FORGET, key=f"{FORGET}:{message}", about=message, due=until)


def _pending(desk: Desk, found: Candidate, message: MessageId, until: Instant) -> CardReading:
    """The reading as it would be; whoever asks for it is told that it waits, and nothing of what it says."""
    card, person = CardId(found.card.pk), PersonId(found.card.person_id)
    record(desk, MatchWaiting(card=card, person=person, row=found.row, message=message))
    waiting = Reading(ReadingResult.GARBLED, found.row)
    return CardReading(card, person, waiting, pending=True, until=until)
