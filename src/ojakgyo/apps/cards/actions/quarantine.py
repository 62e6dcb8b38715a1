"""A card again for somebody who was in custody: a safety officer asks, a colleague signs, and then it is done, once."""

from ojakgyo.apps.cards.models import Quarantine
from ojakgyo.apps.cards.queries import in_quarantine
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault.actions.requests import make_request, use_request
from ojakgyo.apps.vault.queries.requests import open_request
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import QuarantineEnded, RequestKind
from ojakgyo.domain.values.ids import PersonId, TokenId
from ojakgyo.domain.values.roles import OfficerRole


def ask_to_end_quarantine(desk: Desk, *, person: PersonId) -> TokenId:
    """Ask a colleague to sign it too, as the first hand; for a safety officer."""
    if not in_quarantine(person):
        raise Refused("cards.not_in_quarantine", person=person)
    return make_request(desk, kind=RequestKind.END_QUARANTINE, about=person)


@action
def end_quarantine(desk: Desk, *, person: PersonId, request: TokenId) -> PersonId:
    """End what two have signed to end, one of them safety. Done by one of the two; a new card is issued afterwards."""
    if not in_quarantine(person):
        raise Refused("cards.not_in_quarantine", person=person)
    _, hands = open_request(request)
    signed = {hand.officer for hand in hands}
    if desk.officer not in signed:
        raise Refused("vault.second_hand")
    if signed.isdisjoint(vault.active_with(OfficerRole.SAFETY)):
        raise Refused("vault.role_wanted")
    use_request(desk, request=request, kind=RequestKind.END_QUARANTINE, about=person)
    Quarantine.objects.filter(person_id=person, ended_ms=None).update(ended_ms=desk.now)
    record(desk, QuarantineEnded(person=person))
    return person
