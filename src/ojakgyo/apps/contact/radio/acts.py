"""One officer is enough to begin a radio silence, and one to end it."""

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.models import RadioSilence
from ojakgyo.apps.contact.radio.queries import running
from ojakgyo.domain.checkins import radio
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import RadioSilenceBegun, RadioSilenceEnded
from ojakgyo.domain.values.instants import Instant


@action
def begin_radio_silence(desk: Desk, *, until: Instant) -> Instant:
    """From now on, until then at the latest; while one is running: ``Refused``."""
    desk.keyring.officer_keys  # noqa: B018 - whoever has put the keys down decides nothing for the whole desk
    if running(desk) is not None:
        raise Refused("contact.radio_runs")
    if not radio.SHORTEST_MS <= until - desk.now <= radio.LONGEST_MS:
        raise Refused("contact.radio_span")
    RadioSilence.objects.create(begun_ms=desk.now, until_ms=until)
    record(desk, RadioSilenceBegun(until=until))
    return until


@action
def end_radio_silence(desk: Desk) -> Instant:
    """Before its time. What was not judged meanwhile is judged from now on, each window after its own grace."""
    desk.keyring.officer_keys  # noqa: B018 - whoever has put the keys down decides nothing for the whole desk
    found = running(desk)
    if found is None:
        raise Refused("contact.radio_over")
    RadioSilence.objects.filter(begun_ms__lte=desk.now, until_ms__gt=desk.now, ended_ms=None).update(ended_ms=desk.now)
    record(desk, RadioSilenceEnded())
    return found.begun
