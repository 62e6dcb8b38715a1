"""The board's twin in JSON."""

from django.http import HttpRequest
from ninja import Router, Schema

from ojakgyo.api.tokens import Bearer, may
from ojakgyo.apps.vault.values import Scope
from ojakgyo.apps.watch import queries
from ojakgyo.apps.watch.values import WarningLine
from ojakgyo.domain.values import ids, instants

router = Router(tags=["watch"])


class ReasonOut(Schema):
    """Ids never leave as numbers, and nothing here is a sentence: `signs` and `path` are closed words."""

    seed: str
    signs: list[str]
    path: list[str]


class RouteOut(Schema):
    kind: str
    through: str | None
    delay_ms: int | None
    in_time: bool


class WarningOut(Schema):
    subject: str
    code_name: str
    deadline: str | None
    state: str
    owner: str | None
    reason: ReasonOut | None
    route: RouteOut | None


class BoardOut(Schema):
    seq: int
    warnings: list[WarningOut]


@router.get("/warnings", response=BoardOut, auth=Bearer(Scope.WATCH_READ))
def warnings(request: HttpRequest) -> BoardOut:
    """Every warning that stands, as on the board. `reason` and `route` need the scope watch:reasons."""
    lines = queries.board(request.auth, reasons=may(request, Scope.WATCH_REASONS))
    return BoardOut(seq=queries.last_change(), warnings=[_out(line) for line in lines])


def _out(line: WarningLine) -> WarningOut:
    why = line.reason.why if line.reason else None
    way = line.reason.reach.fastest if line.reason else None
    return WarningOut(
        subject=ids.text(line.letter, line.subject),
        code_name=line.code_name.en,
        deadline=instants.rfc3339(line.deadline) if line.deadline else None,
        state=line.state,
        owner=line.owner.en if line.owner else None,
        reason=None
        if why is None
        else ReasonOut(
            seed=why.seed.en,
            signs=[str(sign) for sign in why.signs],
            path=[step.code_name.en if step.code_name else str(step.node) for step in why.path],
        ),
        route=None
        if way is None
        else RouteOut(
            kind=str(way.route or "window"),
            through=way.through.en if way.through else None,
            delay_ms=way.delay_ms,
            in_time=way.in_time,
        ),
    )
