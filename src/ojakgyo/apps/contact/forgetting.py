"""Forgetting a person for good: name, numbers, words. Two officers ask for it; nobody brings it back, from no backup either."""

from collections.abc import Collection

from ojakgyo.apps.cards.questions.acts import shred as shred_questions
from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.network.burning import shred as shred_lines
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.people.actions import shred as shred_name
from ojakgyo.apps.vault.actions.requests import use_request
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.values.ids import PersonId, TokenId
from ojakgyo.store import erasing


def forget_person(desk: Desk, *, request: TokenId, person: PersonId) -> bool:
    """Do what two have signed, then have the database's log cut off: False while a reader still holds the old pages.

    They are overwritten at the next checkpoint after it has left, at the latest when the house is closed.
    """
    keep_forgotten(desk, request=request, person=person)
    return erasing.checkpoint_until_done()


@action
def keep_forgotten(desk: Desk, *, request: TokenId, person: PersonId) -> PersonId:
    """Write it. Two hands: else ``Refused``."""
    use_request(desk, request=request, kind=RequestKind.FORGET_PERSON, about=person)
    shred(desk, person)
    return person


@action
def forget_again(desk: Desk, *, persons: Collection[PersonId]) -> int:
    """In data from before they were forgotten, as an older backup brings it back; the two hands stand where it was asked."""
    for person in persons:
        shred(desk, person)
    return len(persons)


def shred(desk: Desk, person: PersonId) -> None:
    """Inside the caller's transaction, and again when an older backup is restored. Cards, links and facts stay."""
    lines = list(Line.objects.filter(holder_id=person).values_list("pk", flat=True))
    gone = {"words": None, "dropped": None}
    Inbound.objects.filter(line__in=lines).update(**gone)
    Inbound.objects.filter(person=person).update(**gone)
    shred_lines(desk, person)
    shred_questions(person)
    shred_name(desk, person)
