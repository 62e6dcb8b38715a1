"""Words after they have been read: the house puts them into an inbox it cannot open, and keeps no copy.

They go to the cell of whoever they are from; from a sender nobody knows to the organisation's inbox, and where the
organisation has no keys yet they stay under RING.transit.
"""

import json
import secrets
from dataclasses import dataclass, field

from django.conf import settings

from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.apps.network.queries import cells_of, holder_of
from ojakgyo.apps.vault import models, seals
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.sealing import inboxes
from ojakgyo.domain.sealing.inboxes import NOBODY, Inbox
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import CellId, MessageId, PersonId


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it came."""

    number: str = field(repr=False)
    words: str = field(repr=False)


def hand_on(desk: Desk, row: Inbound, person: PersonId | None) -> None:
    """Put the words of a message that was read into its inbox, inside the caller's transaction."""
    inbox = inbox_of(person)
    if row.words is None or inbox is None:
        return
    message = MessageId(row.message)
    plain = json.dumps(_in_transit(desk, row), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    dropped = inboxes.drop(
        inbox, settings.OJAK_VAULT_ID, message, plain, key=secrets.token_bytes(32), nonce=secrets.token_bytes(12)
    )
    moved = {"words": None, "dropped": dropped, "cell": inbox.cell, "epoch": inbox.epoch}
    Inbound.objects.filter(pk=row.pk).update(**moved)


def inbox_of(person: PersonId | None) -> Inbox | None:
    """Where words of this person go; None: nowhere yet."""
    cell = None if person is None else cells_of([person]).get(person)
    if cell is not None:
        epoch, public = models.Cell.objects.values_list("epoch", "inbox_public").get(id=cell)
        return Inbox(cell, epoch, public)
    public = models.Organisation.objects.values_list("exchange_public", flat=True).first()
    return None if public is None else Inbox.of_the_organisation(public)


def words_of(desk: Desk, message: MessageId) -> Words:
    """The words of a message, for who holds the key of its cell; others: ``NotHeld``. Gone: ``Refused``.

    A repetition is read as its first. What nobody's line sent opens with the shares alone, once it lies in the
    organisation's inbox.
    """
    row = Inbound.objects.filter(message=message).first()
    if row is not None and row.first is not None:
        row = Inbound.objects.filter(message=row.first).first()
    if row is None or (row.words is None and row.dropped is None):
        raise Refused("contact.message_gone", message=message)
    if row.dropped is None:
        return _waiting(desk, row)
    if row.cell == NOBODY:
        raise NotHeld(message=message)
    key = desk.keyring.cell_key(CellId(row.cell), row.epoch)
    return _told(json.loads(inboxes.take(key, settings.OJAK_VAULT_ID, MessageId(row.message), row.dropped)))


def _waiting(desk: Desk, row: Inbound) -> Words:
    """Not handed on: the house could open it, and so asks for the same key; of nobody's line for anybody's keys."""
    if desk.keyring.keys is None:
        raise NotHeld(message=row.message)
    person = PersonId(row.person) if row.person else holder_of(row.line)
    if person is not None and (cell := cells_of([person]).get(person)) is not None:
        desk.keyring.cell_key(cell)
    if row.state == InboundState.UNREADABLE:
        raise Refused("contact.message_gone", message=row.message)
    return _told(_in_transit(desk, row))


def _in_transit(desk: Desk, row: Inbound) -> dict[str, str]:
    place = seals.place(Table.INBOUND, row.message, Group.WORDS)
    return seals.unseal(desk.keyring.ring.words_key(), place, row.words)


def _told(fields: dict[str, str]) -> Words:
    return Words(fields["number"], fields["words"])
