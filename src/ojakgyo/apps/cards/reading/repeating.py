"""The last text once more: what a card was used for newest, and nothing since, is a repetition and no sign of anything."""

from collections.abc import Collection
from typing import Final

from ojakgyo.apps.cards.models import Card, CardState, UsedText
from ojakgyo.apps.cards.reading.kept import kept
from ojakgyo.apps.cards.stock import Stand
from ojakgyo.apps.chronicle import inbox
from ojakgyo.domain.cards import digits, replay
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import ChallengeAnswered, Fact, MessageRead, RowSpoken
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import MessageId, PersonId
from ojakgyo.domain.values.instants import Instant

USES_A_ROW: Final = (MessageRead, ChallengeAnswered, RowSpoken)
LOOKED_BACK: Final = 50
"""Facts of a card, texts that fit nothing among them: behind more than these nothing is looked for."""


def said_before(desk: Desk, *, person: PersonId, words: str, at: Instant) -> MessageId | None:
    """The message of the newest text of one of somebody's cards, where these words say the same digits. Writes nothing."""
    said = replay.once(digits.digits_of(words))
    for card in Card.objects.filter(person_id=person, in_use=CardState.ACTIVE).order_by("pk"):
        stand, _ = kept.rows(desk, card, 0)
        if (first := first_of(card, stand, said, at=at)) is not None:
            return first
    return None


def first_of(card: Card, stand: Stand, said: str, *, at: Instant) -> MessageId | None:
    """The message this text came in first, if the card was used for it within 48 hours and for nothing since.

    Of a card that was ended there is none. Duress read while the desk is behind has used no row yet: no more than a
    right text has that waits.
    """
    if card.in_use != CardState.ACTIVE:
        return None
    used = {row: bytes(tag) for row, tag in UsedText.objects.filter(card_id=card.pk).values_list("row", "tag")}
    if not replay.UsedTexts(stand.replay_key, frozenset(used.values())).hold(said):
        return None
    told = inbox.mentioning([ids.text("k", card.pk)], kinds=USES_A_ROW, at_most=LOOKED_BACK)
    newest = next((each.fact for each in told if _used_up(each.fact, used)), None)
    if not isinstance(newest, MessageRead) or newest.row is None or newest.told is None:
        return None
    tag, after = used[newest.row], at - newest.told
    return newest.message if replay.is_newest(said, newest=tag, key=stand.replay_key, after_ms=after) else None


def _used_up(fact: Fact, used: Collection[int]) -> bool:
    """The desk by a word of its own, or a text, whose row is among those that texts used up."""
    return isinstance(fact, RowSpoken) or (isinstance(fact, MessageRead | ChallengeAnswered) and fact.row in used)
