"""What time and the house's own fate do to cards: rows and ended cards are forgotten, others are replaced, burnt, doubted."""

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, CardState, LateRow, ReplaceReason
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import BackupRestored, CardToReissue, MachineLost, OfficerRemoved, ResyncBegun
from ojakgyo.domain.values.ids import CardId, PersonId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


@due_duty("cards.forget_row", lag_limit_ms=HOUR_MS)
def forget_row(desk: Desk, *, about: int, due: Instant) -> None:
    """A row passed over did not arrive within 48 hours, and is no longer read."""
    stock.drop_late(LateRow.objects.filter(pk=about))


@due_duty("cards.forget_card", lag_limit_ms=HOUR_MS)
def forget_card(desk: Desk, *, about: int, due: Instant) -> None:
    """A year after it ended nobody waits for its rows any more."""
    stock.empty(about)


@duty(facts=(OfficerRemoved,), since="beginning", lag_limit_ms=MINUTE_MS)
def list_for_replacement(desk: Desk, *, seq: Seq, fact: OfficerRemoved) -> None:
    """An opener could read every card. They go on working: a helper without a card is deaf, and a new one takes weeks.

    One that nobody has in hand yet is burnt instead: another is issued in its place.
    """
    if not fact.opener:
        return
    for card in Card.objects.filter(in_use=CardState.ACTIVE, handed_ms=None).order_by("pk"):
        stock.end(desk, card, CardState.BURNT, replace_ms=desk.now, replace_why=ReplaceReason.OPENER_LEFT)
    for card in Card.objects.filter(in_use=CardState.ACTIVE, replace_ms=None).order_by("pk"):
        stock.touch(card.pk, replace_ms=desk.now, replace_why=ReplaceReason.OPENER_LEFT)
        record(desk, CardToReissue(card=CardId(card.pk), person=PersonId(card.person_id)))


@duty(facts=(MachineLost,), since="beginning", lag_limit_ms=MINUTE_MS)
def burn_every_card(desk: Desk, *, seq: Seq, fact: MachineLost) -> None:
    """Whoever has the machine can write "all well" for everybody: no card is read any more."""
    for card in Card.objects.filter(in_use=CardState.ACTIVE).order_by("pk"):
        stock.end(desk, card, CardState.BURNT, replace_ms=desk.now, replace_why=ReplaceReason.MACHINE_LOST)


@duty(facts=(BackupRestored,), since="beginning", lag_limit_ms=MINUTE_MS)
def begin_resync(desk: Desk, *, seq: Seq, fact: BackupRestored) -> None:
    """What was used since the backup was taken is not known here: each card is behind its paper until it shows where it is."""
    restored = Entry.objects.values_list("recorded_ms", flat=True).get(pk=seq)
    for card in Card.objects.filter(in_use=CardState.ACTIVE, resync_ms=None, issued_ms__lte=restored).order_by("pk"):
        stock.touch(card.pk, resync_ms=desk.now)
        record(desk, ResyncBegun(card=CardId(card.pk), person=PersonId(card.person_id)))
