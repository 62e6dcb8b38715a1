"""The reports that weigh now, until when, for who may see them."""

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.rights import rights
from ojakgyo.apps.watch.values import ReportLine
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import SignalKind
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


def current_reports(desk: Desk) -> tuple[ReportLine, ...]:
    """Newest first: those about somebody the viewer may see, and those the viewer wrote down."""
    rows = list(
        Signal.objects.filter(kind=SignalKind.REPORT, expires_ms__gt=desk.now).order_by("-heard_ms", "-because")
    )
    actors = dict(Entry.objects.filter(seq__in=[row.because for row in rows]).values_list("seq", "actor"))
    may = rights(desk, {row.person_id for row in rows})
    seen = [row for row in rows if actors[row.because] == str(desk.actor) or may.may_see_person(row.person_id)]
    names = code_names(desk, {person for row in seen for person in (row.person_id, row.source) if person})
    officers = {f"officer:{each.id}": each.code_name for each in vault.officers(desk)}
    return tuple(
        ReportLine(
            person=PersonId(row.person_id),
            code_name=names[row.person_id],
            report=row.report,
            reliability=row.reliability,
            credibility=row.credibility,
            source=names.get(row.source) if row.source else None,
            by=officers.get(actors[row.because]),
            heard=Instant(row.heard_ms),
            expires=Instant(row.expires_ms),
        )
        for row in seen
    )
