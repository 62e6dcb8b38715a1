"""Words of senders whom nobody knows: they lie in the organisation's inbox, for who has brought its shares together."""

import json
from dataclasses import dataclass

from django.conf import settings

from ojakgyo.apps.chronicle.acts import action, record_all
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.contact.words import Words
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WordsShown
from ojakgyo.domain.sealing import inboxes
from ojakgyo.domain.sealing.inboxes import NOBODY
from ojakgyo.domain.sealing.officers import OfficerKeys
from ojakgyo.domain.values.ids import MessageId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A message of nobody's line."""

    message: MessageId
    at: Instant
    told: Words


@action
def show_unclaimed(desk: Desk, *, organisation: OfficerKeys) -> tuple[Unclaimed, ...]:
    """What lies in the organisation's inbox, oldest first. Nothing: ``Refused``; changed or of another: ``Damaged``."""
    rows = Inbound.objects.filter(cell=NOBODY, dropped__isnull=False).order_by("seq")
    shown = tuple(_opened(organisation, row) for row in rows)
    if not shown:
        raise Refused("contact.nothing_unclaimed")
    record_all(desk, [WordsShown(message=each.message) for each in shown])
    return shown


def _opened(organisation: OfficerKeys, row: Inbound) -> Unclaimed:
    message = MessageId(row.message)
    plain = inboxes.take_as_organisation(organisation, settings.OJAK_VAULT_ID, message, row.dropped)
    fields = json.loads(plain)
    return Unclaimed(message, Instant(row.received_ms), Words(fields["number"], fields["words"]))
