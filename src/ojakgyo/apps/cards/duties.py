"""Rows passed over are forgotten after 48 hours; cards that others may have read are listed to be replaced, or burnt."""

from ojakgyo.apps.cards.models import Card, CardState, LateRow, ReplaceReason
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import CardBurnt, CardToReissue, MachineLost, OfficerRemoved
from ojakgyo.domain.values.ids import CardId, PersonId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant


@due_duty("cards.forget_row", lag_limit_ms=HOUR_MS)
def forget_row(desk: Desk, *, about: int, due: Instant) -> None:
    """A row passed over did not arrive within 48 hours, and is no longer read."""
    LateRow.objects.filter(pk=about).delete()


@duty(facts=(OfficerRemoved,), since="beginning", lag_limit_ms=MINUTE_MS)
def list_for_replacement(desk: Desk, *, seq: Seq, fact: OfficerRemoved) -> None:
    """An opener could read every card. They go on working: a helper without a card is deaf, and a new one takes weeks."""
    if not fact.opener:
        return
    for card in Card.objects.filter(in_use=CardState.ACTIVE, replace_ms=None).order_by("pk"):
        Card.objects.filter(pk=card.pk).update(replace_ms=desk.now, replace_why=ReplaceReason.OPENER_LEFT)
        record(desk, CardToReissue(card=CardId(card.pk), person=PersonId(card.person_id)))


@duty(facts=(MachineLost,), since="beginning", lag_limit_ms=MINUTE_MS)
def burn_every_card(desk: Desk, *, seq: Seq, fact: MachineLost) -> None:
    """Whoever has the machine can write "all well" for everybody: no card is read any more."""
    lost = {"in_use": CardState.BURNT, "replace_ms": desk.now, "replace_why": ReplaceReason.MACHINE_LOST}
    for card in Card.objects.filter(in_use=CardState.ACTIVE).order_by("pk"):
        Card.objects.filter(pk=card.pk).update(**lost)
        record(desk, CardBurnt(card=CardId(card.pk), person=PersonId(card.person_id)))
