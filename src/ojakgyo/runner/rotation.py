"""After the ring was drawn anew: what the house can read by itself is sealed again, at the opening that follows."""

from pathlib import Path

from django.conf import settings

from ojakgyo.apps.alerts.resealing import reseal as reseal_addresses
from ojakgyo.apps.cards.resealing import reseal as reseal_cards
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.resealing import reseal as reseal_words
from ojakgyo.apps.network.queries import every_line_is_indexed
from ojakgyo.apps.vault import header
from ojakgyo.apps.vault.resealing import reseal as reseal_factors
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import KeysRotated
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.store import keyholder

READ_BY_THE_HOUSE = ("sys", "cards", "transit")
FORGOTTEN = ("db", "audit", *READ_BY_THE_HOUSE)
"""Earlier keys under which nothing lies afterwards. Those of the lines stay until members have signed in."""


def finish(desk: Desk) -> Ring:
    """Seal anew what lies under earlier keys, then forget them; the ring to go on with. Nothing to do: the same ring."""
    ring = desk.keyring.ring
    if not set(ring.before) & set(FORGOTTEN):
        return ring
    home = Path(settings.HOME)
    seal_anew(desk, generation=header.label(home).generation)
    return header.settle(home, ring, *FORGOTTEN)


def forget_line_keys(desk: Desk) -> None:
    """Once every line is indexed by the present key, the earlier ones open and find nothing more."""
    ring = desk.keyring.ring
    if "lines" in ring.before and every_line_is_indexed(desk):
        keyholder.unseal(header.settle(Path(settings.HOME), ring, "lines"))


@action
def seal_anew(desk: Desk, *, generation: int) -> None:
    """Put addresses, seeds, cards and waiting words under the present ring, in one stroke."""
    for reseal in (reseal_addresses, reseal_factors, reseal_cards, reseal_words):
        reseal(desk)
    record(desk, KeysRotated(generation=generation, new_root=False))
