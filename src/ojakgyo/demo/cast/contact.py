"""How the practice world keeps in touch: windows kept and to come, ways to warn, and who would notice."""

from typing import Final

from ojakgyo.demo.cast.dice import Dice
from ojakgyo.demo.cast.parts import Helper, Line, Noticer, Plan, PlannedWindow, WarningRoute
from ojakgyo.demo.cast.people import AREAS, is_named
from ojakgyo.domain.checkins.windows import GRACE_MS, Window
from ojakgyo.domain.facts import Exposes, LineState, RouteKind
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

PLANS: Final = 52
DUE_TONIGHT: Final = 9
REACHABLE: Final = 51
"""Helpers with a warning route: four in five."""
WATCHED: Final = 51
"""Helpers with a noticer."""

FIXED: Final = {
    "Beodeul": (0, 15 * 60 + 12, 120),
    "Haebaragi": (0, 19 * 60 + 30, 90),
    "Sonagi": (0, 19 * 60 + 40, 60),
    "Galmae-3": (0, 20 * 60, 120),
    "Durumi": (0, 20 * 60 + 30, 60),
    "Noeul": (3, 20 * 60, 60),
    "Yeoul": (4, 21 * 60, 60),
}
"""Next window of those the night needs: days after the story, minute of that day in Seoul, length in minutes."""

LATE_OF_TEN: Final = frozenset({2, 5, 8})
"""Beodeul's last ten windows: the three that were kept late."""


def plans(
    people: tuple[Helper, ...], cards: tuple[str, ...], day: Instant, dice: Dice, rounds: Dice
) -> tuple[Plan, ...]:
    """Fifty-two: everybody with a card, and others who are told their windows. Nine next ones are still due tonight.

    Most come round every so many days; Beodeul's, and one in eight, are agreed one by one.
    """
    others = [helper.key for helper in people if helper.key not in cards]
    planned = {*cards, *dice.sample(others, PLANS - len(cards))}
    free = [helper.key for helper in people if helper.key in planned and not is_named(helper)]
    already = sum(1 for key, (days, _, _) in FIXED.items() if days == 0 and key != "Beodeul")
    tonight = set(dice.sample(free, DUE_TONIGHT - already))
    return tuple(
        _plan(helper, _next(helper.key, helper.key in tonight, dice), day, dice, _every(helper.key, rounds))
        for helper in people
        if helper.key in planned
    )


def _every(key: str, rounds: Dice) -> int | None:
    return None if key == "Beodeul" or rounds.one_in(8) else rounds.between(5, 9)


def _next(key: str, tonight: bool, dice: Dice) -> tuple[int, int, int]:
    if key in FIXED:
        return FIXED[key]
    if tonight:
        return 0, 20 * 60 + 10 * dice.below(16), dice.pick((30, 60, 90))
    return dice.between(1, 6), 8 * 60 + 10 * dice.below(84), dice.pick((30, 60, 90, 120))


def _plan(helper: Helper, following: tuple[int, int, int], day: Instant, dice: Dice, every_days: int | None) -> Plan:
    """Windows five to nine days apart; the last one heard lies two days or more back."""
    days, minute, length = following
    grace = next(GRACE_MS[area.region] for area in AREAS if area.key == helper.area)
    windows = [PlannedWindow(_window(day, days, minute, length, grace))]
    for back in range(10 if helper.key == "Beodeul" else 4):
        days -= dice.between(max(5, days + 2), 9)
        window = _window(day, days, 8 * 60 + 10 * dice.below(84), length, grace)
        late = back in LATE_OF_TEN if helper.key == "Beodeul" else dice.one_in(6)
        windows.append(PlannedWindow(window, _heard(window, dice, late=late)))
    return Plan(helper.key, tuple(reversed(windows)), every_days)


def _window(day: Instant, days: int, minute: int, length: int, grace_ms: int) -> Window:
    opens = Instant(day + days * DAY_MS + minute * MINUTE_MS)
    return Window(opens, Instant(opens + length * MINUTE_MS), grace_ms)


def _heard(window: Window, dice: Dice, *, late: bool) -> Instant:
    if late:
        return Instant(window.closes + dice.between(10, 300) * MINUTE_MS)
    return Instant(window.opens + dice.below((window.closes - window.opens) // 1_000) * 1_000)


def routes(people: tuple[Helper, ...], lines: tuple[Line, ...], day: Instant, dice: Dice) -> tuple[WarningRoute, ...]:
    """One warning route for each of fifty-one helpers. None of them leads through Beodeul."""
    fixed = {
        "Yeoul": _route("Yeoul", day, dice, kind=RouteKind.RELAY, through="Haebaragi", delay=55),
        "Noeul": _route("Noeul", day, dice, kind=RouteKind.RELAY, through="Haebaragi", delay=70),
    }
    phones = {line.holder: line.key for line in lines if line.state == LineState.ACTIVE}
    named = [helper for helper in people if is_named(helper)]
    others = dice.sample([helper for helper in people if not is_named(helper)], REACHABLE - len(named))
    return tuple(fixed.get(helper.key) or _drawn_route(helper, people, phones, day, dice) for helper in named + others)


def _drawn_route(
    helper: Helper, people: tuple[Helper, ...], phones: dict[str, str], day: Instant, dice: Dice
) -> WarningRoute:
    """In China a line of one's own, where there is one; in the North a neighbour or somebody across the border."""
    if helper.cell.startswith("C") and helper.key in phones:
        return _route(
            helper.key, day, dice, kind=RouteKind.AGREED_LINE, line=phones[helper.key], delay=dice.between(10, 60)
        )
    if dice.one_in(3):
        relays = [other.key for other in people if other.cell.startswith("C") and other.key in phones]
        relay = dice.pick([key for key in relays if key != helper.key])
        return _route(helper.key, day, dice, kind=RouteKind.RELAY, through=relay, delay=dice.between(60, 720))
    mate = dice.pick(_mates(helper, people))
    return _route(helper.key, day, dice, kind=RouteKind.NEIGHBOUR, through=mate, delay=dice.between(30, 360))


_EXPOSES: Final = {
    RouteKind.RELAY: Exposes.THE_RELAY,
    RouteKind.NEIGHBOUR: Exposes.A_MEETING,
    RouteKind.AGREED_LINE: Exposes.THE_LINE,
}


def _route(
    helper: str,
    day: Instant,
    dice: Dice,
    *,
    kind: RouteKind,
    delay: int,
    through: str | None = None,
    line: str | None = None,
) -> WarningRoute:
    return WarningRoute(
        helper=helper,
        kind=kind,
        through=through,
        line=line,
        delay_ms=delay * MINUTE_MS,
        from_hour=dice.pick((5, 6, 7)),
        to_hour=dice.pick((22, 23, 24)),
        exposes=_EXPOSES[kind],
        rehearsed=None if dice.one_in(4) else Instant(day - dice.between(7, 120) * DAY_MS + 12 * HOUR_MS),
    )


def noticers(people: tuple[Helper, ...], dice: Dice) -> tuple[Noticer, ...]:
    """Somebody of the same cell, for fifty-one helpers. Sonagi would see that Beodeul is gone."""
    named = [helper for helper in people if is_named(helper)]
    others = dice.sample([helper for helper in people if not is_named(helper)], WATCHED - len(named))
    return tuple(
        Noticer(
            helper=helper.key,
            seen_by="Sonagi" if helper.key == "Beodeul" else dice.pick(_mates(helper, people)),
            sees_within_ms=dice.between(1, 12) * HOUR_MS,
            heard_by=dice.pick(tuple(RouteKind)),
        )
        for helper in named + others
    )


def _mates(helper: Helper, people: tuple[Helper, ...]) -> list[str]:
    return [h.key for h in people if h.cell == helper.cell and h.key not in (helper.key, "Beodeul")]
