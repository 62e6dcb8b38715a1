"""The night of the demo as ready values: Beodeul taken, Yeoul and Noeul to be warned. All people are invented."""

from dataclasses import dataclass, replace

from ojakgyo.apps.contact.values import CheckinLine, CheckinState, Ears, LogLine, LogPage, Window
from ojakgyo.apps.home.values import Board, Needed, StuckLine
from ojakgyo.apps.watch.values import (
    Call,
    CurvePoint,
    Danger,
    Evidence,
    Forms,
    IfNothing,
    MetLine,
    MetList,
    NodeKind,
    Reach,
    Reason,
    Sign,
    SignalLine,
    SignalSort,
    Standing,
    Step,
    TimelineKind,
    TimelineLine,
    WarningLine,
    WarningPage,
    WarningState,
    Way,
    Why,
)
from ojakgyo.domain.facts import (
    Answer,
    Channel,
    Credibility,
    LinkKind,
    ReadingResult,
    Reliability,
    ReportKind,
    RouteKind,
)
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, parse
from ojakgyo.domain.values.roles import OfficerRole

NOW = parse("2026-11-25T02:14:00+09:00")


def at(written: str, day: int = 25) -> int:
    """An instant of that November, in Seoul."""
    return parse(f"2026-11-{day:02d}T{written}:00+09:00")


def named(word: str, number: int | None = None) -> CodeName:
    return CodeName.of(word, number)


HANEUL, DASOM, NARAE = named("하늘"), named("다솜"), named("나래")
BEODEUL, YEOUL, NOEUL, DURUMI, HAEBARAGI, SONAGI, SEORI = (
    named("버들"),
    named("여울"),
    named("노을"),
    named("두루미"),
    named("해바라기"),
    named("소나기"),
    named("서리", 5),
)


@dataclass(frozen=True)
class Officer:
    code_name: CodeName
    roles: tuple[OfficerRole, ...]
    cells_held: int
    cells_total: int = 9
    keys: bool = True


SAFETY = Officer(HANEUL, (OfficerRole.COORDINATOR, OfficerRole.SAFETY), 7)
OTHER = Officer(NARAE, (OfficerRole.PROTECTION,), 5)


def by_phone() -> Why:
    path = (
        Step(node=NodeKind.PERSON, code_name=BEODEUL, chance=0.76),
        Step(
            node=NodeKind.LINE,
            code_name=BEODEUL,
            chance=0.68,
            link=LinkKind.CARRIES,
            last_seen=at("00:10", 24),
        ),
        Step(node=NodeKind.PERSON, code_name=YEOUL, chance=0.31, link=LinkKind.CALLED, on=at("20:00", 22), times=3),
    )
    return Why(seed=BEODEUL, signs=(Sign.SILENT, Sign.DURESS), path=path, silent_ms=26 * HOUR_MS, other_paths=2)


def by_house() -> Why:
    path = (
        Step(node=NodeKind.PERSON, code_name=BEODEUL, chance=0.76),
        Step(node=NodeKind.PLACE, code_name=None, chance=0.4, link=LinkKind.HOUSED, on=at("10:00", 21)),
        Step(node=NodeKind.PERSON, code_name=NOEUL, chance=0.28, link=LinkKind.HOUSED, on=at("10:00", 21)),
    )
    return Why(seed=BEODEUL, signs=(Sign.SILENT, Sign.DURESS), path=path, silent_ms=26 * HOUR_MS)


def by_stipend() -> Why:
    last = Step(node=NodeKind.PERSON, code_name=DURUMI, chance=0.1, link=LinkKind.PAID, on=at("10:00", 9))
    return replace(by_phone(), path=(*by_phone().path, last), other_paths=0)


RELAY = Way(route=RouteKind.RELAY, through=HAEBARAGI, delay_ms=HOUR_MS, arrives=at("03:14"))
WINDOW = Way(route=None, arrives=at("03:40"))

YEOUL_LINE = WarningLine(
    id=11,
    subject=101,
    code_name=YEOUL,
    danger=Danger.NOW,
    deadline=at("04:40"),
    state=WarningState.OPEN,
    seq=48207,
    may_take=True,
    windows=(Window(at("03:10"), at("03:40")), Window(at("12:14"), at("12:44"))),
    reason=Reason(
        why=by_phone(),
        reach=Reach(call=Call.WAIT, window=Window(at("03:10"), at("03:40")), ways=(RELAY, WINDOW)),
        cell="N-2",
    ),
)
NOEUL_LINE = WarningLine(
    id=12,
    subject=102,
    code_name=NOEUL,
    danger=Danger.NOW,
    deadline=at("06:00"),
    state=WarningState.OWNED,
    seq=48131,
    owner=HANEUL,
    owner_is_me=True,
    windows=(Window(at("07:00"), at("07:20")),),
    reason=Reason(why=by_house(), reach=Reach(call=Call.UNKNOWN, ways=(RELAY,)), cell="N-2"),
)
DURUMI_LINE = WarningLine(
    id=13,
    subject=103,
    code_name=DURUMI,
    danger=Danger.TODAY,
    deadline=at("13:30"),
    state=WarningState.OWNED,
    seq=48104,
    owner=DASOM,
    windows=(Window(at("09:00"), at("09:30")),),
    reason=Reason(
        why=by_stipend(),
        reach=Reach(call=Call.WAIT, window=Window(at("09:00"), at("09:30")), ways=(Way(route=None),)),
        cell="C-2",
    ),
)
HAEBARAGI_LINE = WarningLine(
    id=14,
    subject=104,
    code_name=HAEBARAGI,
    danger=Danger.TODAY,
    deadline=at("15:00"),
    state=WarningState.WARNED,
    seq=48188,
    owner=DASOM,
    windows=(Window(at("08:50"), at("09:20")),),
    reason=Reason(
        why=replace(by_house(), path=(*by_house().path[::2],)),
        reach=Reach(call=Call.YES, window=Window(at("01:50"), at("02:40"))),
        cell="C-2",
    ),
)
CLOSED_CELL_LINE = WarningLine(
    id=15,
    subject=105,
    code_name=named("물레", 9),
    danger=Danger.TODAY,
    deadline=at("21:00"),
    state=WarningState.OPEN,
    seq=48162,
)
INFO_LINE = replace(CLOSED_CELL_LINE, id=16, subject=106, danger=Danger.INFO, deadline=None, code_name=SEORI)

MET = MetList(
    seed=BEODEUL,
    lines=(
        MetLine(
            code_name=YEOUL,
            link=LinkKind.CALLED,
            on=at("20:00", 22),
            times=3,
            standing=Standing.DUE,
            danger=Danger.NOW,
            at=at("04:40"),
        ),
        MetLine(
            code_name=DURUMI,
            link=LinkKind.PAID,
            on=at("10:00", 9),
            standing=Standing.DUE,
            danger=Danger.TODAY,
            at=at("13:30"),
        ),
        MetLine(code_name=SONAGI, link=LinkKind.CALLED, on=at("10:00", 5), standing=Standing.WARNED, at=at("00:50")),
        MetLine(code_name=SEORI, link=LinkKind.MET, on=at("10:00", 4), standing=Standing.LOW),
    ),
)


def checkin(name: CodeName, state: CheckinState, opens: int, minutes: int, grace_h: int, **more: object) -> CheckinLine:
    closes = opens + minutes * MINUTE_MS
    plan = {"window": Window(opens, closes), "grace_until": closes + grace_h * HOUR_MS}
    return CheckinLine(subject=name.word, code_name=name, state=state, **plan, **more)


CHECKINS = (
    CheckinLine(subject=1, code_name=BEODEUL, state=CheckinState.MISSED, silent_since=at("00:10", 24), pressing=True),
    checkin(SEORI, CheckinState.LATE, at("00:00"), 30, 3, silent_since=at("00:30"), pressing=True),
    checkin(named("모래", 6), CheckinState.LATE, at("01:02"), 32, 3, silent_since=at("01:34")),
    checkin(named("갈매", 3), CheckinState.OPEN, at("02:02"), 38, 2),
    checkin(YEOUL, CheckinState.DUE, at("03:10"), 30, 2),
    checkin(named("민들레"), CheckinState.DUE, at("05:30"), 60, 1),
    checkin(named("물레", 9), CheckinState.HEARD, at("01:38"), 30, 2, heard=at("01:50")),
    checkin(HAEBARAGI, CheckinState.HEARD, at("01:32"), 30, 2, heard=at("02:09")),
)
LINES = (YEOUL_LINE, NOEUL_LINE, DURUMI_LINE, HAEBARAGI_LINE, CLOSED_CELL_LINE, INFO_LINE)


def board(**changes: object) -> Board:
    """Now, as role safety with the key sees it."""
    whole = Board(
        seq=48207,
        warnings=LINES,
        checkins=CHECKINS,
        ears=Ears(channels=5, hearing=5),
        met=(MET,),
        due_tonight=9,
        next_due=at("03:10"),
    )
    return replace(whole, **changes)


def bare(line: WarningLine) -> WarningLine:
    """The row as it is for who may not see the reason."""
    return replace(line, reason=None, may_take=False, owner_is_me=False)


def board_of_others() -> Board:
    """The same moment for Narae: a reading counts as any sign of life, the reasons are absent."""
    heard = CheckinLine(subject=1, code_name=BEODEUL, state=CheckinState.HEARD, heard=at("18:02", 24))
    return board(
        warnings=tuple(bare(line) for line in LINES),
        checkins=(*CHECKINS[1:6], heard, *CHECKINS[6:]),
        met=(),
        needed=Needed(since=at("02:10"), opens_to_all=at("02:20")),
    )


def many_reds(count: int) -> Board:
    reds = tuple(replace(YEOUL_LINE, id=200 + n, subject=300 + n, owner=HANEUL, may_take=False) for n in range(count))
    return board(warnings=reds)


STUCK = StuckLine(number=3, reader="watch.weigh_reading", seq=48100, code="network.missing_node", since=at("01:00"))

SIGNALS = (
    SignalLine(sort=SignalSort.PRIOR, start_db=-20, change_db=0),
    SignalLine(sort=SignalSort.READING, start_db=-20, change_db=14, at=at("18:02", 24), result=ReadingResult.DURESS),
    SignalLine(sort=SignalSort.MISSED_WINDOW, start_db=-6, change_db=9, at=at("00:10")),
    SignalLine(
        sort=SignalSort.REPORT,
        start_db=3,
        change_db=5,
        at=at("09:00", 24),
        report=ReportKind.STRANGERS_AT_THE_HOUSE,
        source=SONAGI,
        reliability=Reliability.USUAL,
        credibility=Credibility.UNCONFIRMED,
    ),
    SignalLine(
        sort=SignalSort.REPORT,
        start_db=8,
        change_db=-3,
        at=at("12:00", 24),
        report=ReportKind.SEEN_WELL,
        reliability=Reliability.POOR,
        credibility=Credibility.DOUBTFUL,
    ),
)
TIMELINE = (
    TimelineLine(
        kind=TimelineKind.DEADLINE_MOVED,
        at=at("02:10"),
        before=at("06:20"),
        deadline=at("04:40"),
        because=TimelineKind.REPORT_HEARD,
    ),
    TimelineLine(
        kind=TimelineKind.REPORT_HEARD,
        at=at("01:52"),
        by=HANEUL,
        person=BEODEUL,
        report=ReportKind.STRANGERS_AT_THE_HOUSE,
    ),
    TimelineLine(kind=TimelineKind.WOKEN, at=at("01:00"), person=HANEUL),
    TimelineLine(kind=TimelineKind.TOLD, at=at("00:50"), by=DASOM, route=RouteKind.RELAY, answer=Answer.CONFIRMED),
    TimelineLine(kind=TimelineKind.RAISED, at=at("18:02", 24), because=TimelineKind.READING_HEARD),
    TimelineLine(kind=TimelineKind.READING_HEARD, at=at("18:02", 24), person=BEODEUL, result=ReadingResult.DURESS),
    TimelineLine(kind=TimelineKind.HEARD, at=at("00:10", 24), person=BEODEUL),
)


def curve() -> tuple[CurvePoint, ...]:
    return tuple(
        CurvePoint(at=NOW + n * HOUR_MS // 2, chance=0.4 * (1 - 0.5 ** (max(0, n - 1) / 21))) for n in range(49)
    )


def warning(**changes: object) -> WarningPage:
    """Yeoul's warning, as role safety with the key sees it."""
    whole = WarningPage(
        line=YEOUL_LINE,
        forms=Forms(may_acknowledge=True, may_tell=True, may_close=True, needs_two=True),
        opens_to_all=at("02:20"),
        evidence=Evidence(about=BEODEUL, lines=SIGNALS, total_db=5, chance=0.76),
        nothing=IfNothing(at_deadline=0.05, in_24h=0.31, in_72h=0.46, curve=curve(), behind=(DURUMI, NOEUL)),
        met=MET,
        timeline=TIMELINE,
    )
    return replace(whole, **changes)


def warning_of_others() -> WarningPage:
    return WarningPage(line=bare(YEOUL_LINE), opens_to_all=at("02:20"))


def log(**changes: object) -> LogPage:
    recent = (
        LogLine(at=at("02:09"), code_name=HAEBARAGI, person=PersonId(17), channel=Channel.TYPED, by=HANEUL),
        LogLine(at=at("01:50"), code_name=named("물레", 9), person=PersonId(18), channel=Channel.SPOOL),
        LogLine(at=at("01:10"), code_name=None, channel=Channel.SPOOL),
    )
    return replace(LogPage(recent=recent), **changes)
