"""Burning and locking lines, and letting go of their numbers; inside the transaction of whoever has reason to."""

from django.db.models import QuerySet

from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.network.models import Line
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LineState, LineStateChanged
from ojakgyo.domain.values.ids import LineId, PersonId


def burn_lines(desk: Desk, lines: QuerySet[Line]) -> None:
    """Trust these lines no more."""
    _change(desk, lines.exclude(state=LineState.BURNT), LineState.BURNT)


def seize_lines(desk: Desk, person: PersonId) -> None:
    """Whoever captured somebody has the phones too: nobody is called on one any more, and who answers is not its holder."""
    _change(
        desk, Line.objects.filter(holder_id=person, state__in=(LineState.ACTIVE, LineState.QUIET)), LineState.SEIZED
    )


def shred(desk: Desk, person: PersonId) -> None:
    """Burn a person's lines and let go of their numbers. The links stay."""
    own = Line.objects.filter(holder_id=person)
    burn_lines(desk, own)
    own.update(index=None, number=None, made_with=None)


def become(desk: Desk, line: LineId, state: LineState) -> None:
    """One line, by hand."""
    _change(desk, Line.objects.filter(pk=line), state)


def _change(desk: Desk, lines: QuerySet[Line], state: LineState) -> None:
    for line in list(lines.order_by("pk").values_list("pk", flat=True)):
        Line.objects.filter(pk=line).update(state=state)
        record(desk, LineStateChanged(line=LineId(line), state=state))
