"""A file checked as a whole: what it would bring, and everything there is to say about it.

Nothing is guessed in silence: what was taken in one of several senses is a notice, what cannot be known is an error, and a
row with an error is taken in no part.
"""

from collections.abc import Sequence

from ojakgyo.domain.intake import agreeing, linking, staffing
from ojakgyo.domain.intake.columns import Layout
from ojakgyo.domain.intake.drafts import Draft, Finding, Known
from ojakgyo.domain.intake.entries import Sheet
from ojakgyo.domain.intake.roster import called
from ojakgyo.domain.intake.sheets import Spot, Table

__all__ = ["called", "check"]


def check(tables: Sequence[Table], layouts: Sequence[Layout], known: Known) -> Draft:
    """Understand every row; nothing is written. `layouts`: one for each table, in the same order."""
    findings: list[Finding] = []
    sheets = tuple(Sheet(table, layout, findings) for table, layout in zip(tables, layouts, strict=True))
    staff = staffing.staff_of(sheets, known)
    roster = staff.roster
    leads = staffing.leads_of(sheets, staff)
    asides, noticers = staffing.asides_of(staff), staffing.noticers_of(staff)
    links = linking.links_of(sheets, roster, staff.areas)
    plans, routes = agreeing.plans_of(sheets, roster), agreeing.routes_of(sheets, roster)
    return Draft(
        cells=tuple(cell for entry, cell in staff.cells if not entry.failed),
        areas=tuple(sorted(staff.areas.new)),
        leads=leads,
        people=staff.people,
        asides=asides,
        noticers=noticers,
        lines=staff.lines,
        links=links,
        plans=plans,
        routes=routes,
        findings=tuple(sorted(set(findings), key=_in_the_file)),
        rows=sum(len(table.rows) for table in tables),
        hidden_rows=sum(table.hidden_rows for table in tables),
    )


def _in_the_file(finding: Finding) -> tuple[Spot, str, Spot]:
    return finding.spot, finding.code, finding.other or Spot(0)
