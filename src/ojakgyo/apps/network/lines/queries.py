"""Lines of the cells held: all of them, those that run out soon, and who had one before."""

from collections.abc import Collection, Iterable
from typing import Final

from django.db.models import Q, QuerySet

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.network.lines.values import Held, LineListed, LinesDue
from ojakgyo.apps.network.models import Charge, Holding, Line, LineKind
from ojakgyo.apps.network.queries import cells_held, cells_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault import queries as vault
from ojakgyo.domain.checkins import lines
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import LineRecorded, LineState
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LineId, PersonId, Seq
from ojakgyo.domain.values.instants import Instant

LISTED_AT_MOST: Final = 200
ASKED_BY_NAME: Final = 8


def lines_of(person: PersonId) -> tuple[tuple[LineId, LineKind, LineState], ...]:
    """Every line of a person, whatever it is, those in use first; never a number."""
    rows = Line.objects.filter(holder=person).order_by("state", "pk").values_list("pk", "kind", "state")
    return tuple((LineId(line), LineKind(kind), LineState(state)) for line, kind, state in rows)


def numbered(persons: Iterable[int]) -> dict[int, int]:
    """Which phone, in the order they were recorded in, of whoever has several; mail and word of mouth alike."""
    own: dict[tuple[int, str], list[int]] = {}
    for holder, kind, line in Line.objects.filter(holder__in=set(persons)).values_list("holder_id", "kind", "pk"):
        own.setdefault((holder, kind), []).append(line)
    several = [each for each in own.values() if len(each) > 1]
    at = _recorded({line for each in several for line in each})
    ordered = (sorted(each, key=lambda line: (at.get(line, 0), line)) for each in several)
    return {line: place for each in ordered for place, line in enumerate(each, start=1)}


def _recorded(lines: Collection[int]) -> dict[int, Seq]:
    """When each was written down, as far as the chronicle tells; of a few it is asked by name."""
    if not lines:
        return {}
    if len(lines) <= ASKED_BY_NAME:
        told = inbox.mentioning([ids.text("l", each) for each in lines], kinds=(LineRecorded,), at_most=len(lines))
    else:
        told = inbox.every((LineRecorded,))
    return {each.fact.line: each.seq for each in told if isinstance(each.fact, LineRecorded)}


def charge_of(line: LineId) -> lines.Charge | None:
    row = Charge.objects.filter(pk=line).first()
    return None if row is None else _charge(row)


def held_since(line: LineId) -> Instant | None:
    """Since when its present holder has it; None: nobody wrote it down."""
    handed = Holding.objects.filter(line=line).order_by("-to_ms").values_list("to_ms", flat=True).first()
    if handed is not None:
        return Instant(handed)
    told = inbox.mentioning([ids.text("l", line)], kinds=(LineRecorded,), at_most=1)
    return told[0].recorded if told else None


def holders_before(desk: Desk, line: LineId) -> tuple[Held, ...]:
    """Whoever had it before, the newest first; of cells that are not held, without a name."""
    rows = list(Holding.objects.filter(line=line).order_by("-to_ms", "-pk"))
    cells = cells_of(row.person_id for row in rows)
    names = code_names(desk, [person for person, cell in cells.items() if desk.keyring.holds(cell)])
    return tuple(Held(names.get(row.person_id), _instant(row.from_ms), Instant(row.to_ms)) for row in rows)


def lines_held(desk: Desk) -> tuple[tuple[LineListed, ...], int]:
    """The lines of the cells held, by cell and code name, and how many more there are than are listed."""
    rows = Line.objects.filter(holder__membership__cell__in=_cells(desk)).exclude(number=None)
    codes = {cell.id: cell.code for cell in cells_held(desk)}
    whose = list(rows.values_list("pk", "holder", "holder__membership__cell"))
    names = code_names(desk, {holder for _, holder, _ in whose})
    places = numbered(holder for _, holder, _ in whose)
    whose.sort(key=lambda each: (codes[each[2]], *_spelt(names[each[1]]), places.get(each[0], 0), each[0]))
    first = {line: place for place, (line, *_) in enumerate(whose[:LISTED_AT_MOST])}
    listed = _listed(desk, rows.filter(pk__in=first))
    return tuple(sorted(listed, key=lambda each: first[each.line])), len(whose) - len(first)


def _spelt(name: CodeName) -> tuple[str, int]:
    """Galmae-3 comes before Galmae-12."""
    word, _, number = name.en.partition("-")
    return word, int(number) if number.isdecimal() else 0


def lines_due(desk: Desk) -> tuple[LineListed, ...]:
    """Those in use or quiet that run out or are to be topped up within a week, the soonest first."""
    found = _listed(desk, _soon(desk).order_by("pk"))
    return tuple(sorted(found, key=lambda each: (each.charge.first or 0 if each.charge else 0, each.code_name.en)))


def due_counts(desk: Desk) -> LinesDue:
    until = desk.now + lines.SOON_MS
    rows = _soon(desk).values_list("charge__expires_ms", flat=True)
    expire = [expires is not None and expires <= until for expires in rows]
    return LinesDue(sum(expire), len(expire) - sum(expire))


def _soon(desk: Desk) -> QuerySet[Line]:
    until = desk.now + lines.SOON_MS
    rows = Line.objects.filter(Q(charge__expires_ms__lte=until) | Q(charge__topup_ms__lte=until))
    return rows.filter(state__in=lines.TRUSTED, holder__membership__cell__in=_cells(desk))


def _cells(desk: Desk) -> list[int]:
    return list(vault.cells_open_at(desk))


def _listed(desk: Desk, rows: Iterable[Line]) -> tuple[LineListed, ...]:
    found = list(rows)
    codes = {cell.id: cell.code for cell in cells_held(desk)}
    cells = cells_of(row.holder_id for row in found)
    names = code_names(desk, {row.holder_id for row in found})
    places = numbered(row.holder_id for row in found)
    charges = {row.pk: _charge(row) for row in Charge.objects.filter(pk__in=[row.pk for row in found])}
    return tuple(
        LineListed(
            line=LineId(row.pk),
            kind=LineKind(row.kind),
            person=PersonId(row.holder_id),
            code_name=names[row.holder_id],
            cell=codes[cells[row.holder_id]],
            state=row.state,
            charge=charges.get(row.pk),
            nth=places.get(row.pk),
        )
        for row in found
    )


def _charge(row: Charge) -> lines.Charge:
    return lines.Charge(Instant(row.told_ms), _instant(row.expires_ms), _instant(row.topup_ms), row.balance)


def _instant(found: int | None) -> Instant | None:
    return None if found is None else Instant(found)
