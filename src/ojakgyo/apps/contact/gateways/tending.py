"""Once a second: the ears are told which gateways are kept, and what has changed about hearing is written down."""

from collections.abc import Callable

from ojakgyo.apps.contact import ears
from ojakgyo.apps.contact.gateways.acts import note_deaf, note_heard
from ojakgyo.apps.contact.gateways.queries import known, spool_known
from ojakgyo.apps.contact.models import Ear
from ojakgyo.apps.contact.values import EarState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel


def tend(make_desk: Callable[[], Desk]) -> bool:
    """Before any silence is judged. True: a channel fell silent, or is heard again.

    The spool is written down only once it was deaf: that a house hears when it is opened goes without saying.
    """
    gateways = known()
    ears.hearing.expect(gateways, make_desk().now, spool=spool_known())
    noted, changed = {row.gateway: row for row in Ear.objects.all()}, False
    for ear, (state, since, _) in sorted(ears.hearing.states().items()):
        row = noted.get(ear)
        channel = gateways[ear].channel if ear in gateways else Channel.SPOOL
        if state is EarState.DEAF and (row is None or row.deaf_ms is None):
            note_deaf(make_desk(), ear=ear, channel=channel, since=since)
            changed = True
        elif state is EarState.HEARD and ((row is None and ear) or (row is not None and row.deaf_ms is not None)):
            note_heard(make_desk(), ear=ear, channel=channel)
            changed = True
    return changed
