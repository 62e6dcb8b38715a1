"""Whatever stands in a file: it is answered, every finding is a code and a place, and no row comes in that failed."""

from hypothesis import given, settings
from hypothesis import strategies as st
from intake_tables import DURUMI, NOW, known

from ojakgyo.domain.errors import REGISTRY
from ojakgyo.domain.intake.checking import check
from ojakgyo.domain.intake.columns import COLUMNS, Layout, SheetKind
from ojakgyo.domain.intake.drafts import Code, Draft, Severity, Who
from ojakgyo.domain.intake.sheets import Merged, Row, Table

LIKELY = (
    "|-|버들|Beodeul|여울|두루미|까치-3|kkachi3|노을|가상 일|가상 이|버들, 여울|N-2|n2|N-3|N-7|N3|C1|"
    "+8613800138000|138 0013 8000|010-1234-5678|2026-11-03|3/11/2026|13/11/2026|11/25/2026|작년 가을|Nov 2026|"
    "2026-11-03 21:00|월|매주|21:00|90분|7|0|만남|인편|정해 둔 번호|떠나기|한국|=1+1|<script>"
)
likely = st.sampled_from(LIKELY.split("|"))
texts = st.one_of(likely, likely, st.text(max_size=12))


@st.composite
def sheets(draw, number: int) -> tuple[Table, Layout]:
    kind = draw(st.sampled_from(SheetKind))
    columns = {place: column for place, column in enumerate(COLUMNS[kind], 1) if draw(st.integers(0, 9))}
    width = len(COLUMNS[kind])
    lines = draw(st.lists(st.tuples(*[texts] * width), max_size=6))
    rows = tuple(Row(place, cells, draw(st.integers(0, 5)) == 0) for place, cells in enumerate(lines, 2))
    merged = draw(st.sampled_from([(), (Merged(2, 1, 4, 1),), (Merged(3, 2, 3, 4),)]))
    formulas = draw(st.sampled_from([frozenset(), frozenset({(2, 1)}), frozenset({(99, 2)})]))
    table = Table(number, "", 1, ("x",) * width, rows, merged=merged, formulas=formulas)
    return table, Layout(kind, columns, take_hidden=draw(st.booleans()))


@given(st.tuples(*(sheets(number) for number in range(1, 4))))
@settings(max_examples=20, deadline=None)
def test_anything_is_answered_and_what_failed_comes_in_nowhere(given_sheets):
    tables, layouts = zip(*given_sheets, strict=True)
    draft = check(tables, layouts, known())
    assert {each.code for each in draft.findings} <= REGISTRY.keys()
    failed = {
        (each.spot.sheet, each.spot.row)
        for each in draft.findings
        if each.severity is not Severity.NOTICE and each.spot.row > 1
    }
    for part in (draft.cells, draft.leads, draft.people, draft.asides, draft.noticers, draft.lines, draft.links, draft.plans,
                 draft.routes):  # fmt: skip
        assert not {(each.at.sheet, each.at.row) for each in part} & failed
    assert all(Who(DURUMI) != each.knower or each.known != Who(DURUMI) for each in draft.links)
    for who in everybody(draft):
        assert (who.person is None) != (who.new is None)
        assert who.new is None or who.new < len(draft.people)
        assert who.person is None or who.person in (1, 2), "nobody of a cell that is not held"
    assert len({each.number for each in draft.lines}) == len(draft.lines)
    assert all(each.first <= each.last <= NOW for each in draft.links)
    names = [each.code_name for each in draft.people if each.code_name]
    assert len(set(names)) == len(names)
    assert {each.cell for each in draft.people} <= {each.code for each in draft.cells} | {Code("N", 2)}


def everybody(draft: Draft) -> list[Who]:
    found = [each.person for part in (draft.asides, draft.noticers, draft.plans, draft.routes) for each in part]
    found += [each.holder for each in draft.lines]
    found += [each.noticer for each in draft.noticers]
    return found + [who for each in draft.leads for who in (each.lead, each.deputy) if who] + [
        each.through for each in draft.routes if each.through]  # fmt: skip
