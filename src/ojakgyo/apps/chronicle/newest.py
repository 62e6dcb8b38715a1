"""The newest fact of some kinds: for whoever keeps no row of their own of what was last."""

from collections.abc import Sequence

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact


def newest(kinds: Sequence[type[Fact]]) -> Fact | None:
    """None where none was ever recorded."""
    row = Entry.objects.filter(kind__in=[kind.kind for kind in kinds], body__isnull=False).order_by("-seq").first()
    return None if row is None else facts.revive(row.kind, row.v, row.body)
