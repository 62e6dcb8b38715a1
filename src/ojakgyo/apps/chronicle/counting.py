"""How often somebody has done something."""

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values.actors import Actor
from ojakgyo.domain.values.instants import Instant


def count(kind: type[Fact], *, actor: Actor, since: Instant) -> int:
    """Facts of one kind by one actor, recorded at or after an instant."""
    return Entry.objects.filter(kind=kind.kind, actor=str(actor), recorded_ms__gte=since).count()
