"""A contact plan by the wall clock of a zone: a line of cron, or a recurrence rule that was imported (RFC 5545).

    30 21 * * 1,4                                           Mondays and Thursdays at 21:30
    DTSTART:20261201T200000 RRULE:FREQ=WEEKLY;INTERVAL=2    every other Tuesday at 20:00

The libraries are given clocks without a zone, and `zones` alone says which instant is meant: cronsim moves an hour that is
left out, dateutil returns one that nobody's clock ever shows. A rule is counted from its DTSTART, which costs more the older
that is: it is moved on to the window that was agreed last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile
from typing import Final

from cronsim import CronSim, CronSimError
from dateutil.rrule import rrule, rrulestr  # type: ignore[import-untyped]

from ojakgyo.domain.checkins import zones
from ojakgyo.domain.checkins.plans import MOST_DAYS
from ojakgyo.domain.checkins.windows import Window
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import PlanKind
from ojakgyo.domain.values.instants import DAY_MS, Instant

LONGEST_RULE: Final = 200
LOOKED_AT: Final = 400
"""So many openings ahead are held against each other before a plan is agreed: a year of daily ones."""
AHEAD: Final = timedelta(days=366 + MOST_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """`rule` as `read` made it. No window opens before `first`."""

    kind: PlanKind
    rule: str
    zone: str
    first: Instant
    length_ms: int
    grace_ms: int

    def next(self, now: Instant, *, after: Instant | None = None) -> Window | None:
        """The soonest window that is not over at `now`, and opens later than `after`; None: the rule has come to its end."""
        since = max(self.first - 1, now - self.length_ms, -1 if after is None else after)
        opens = next(self.openings(Instant(since)), None)
        return None if opens is None else Window(opens, Instant(opens + self.length_ms), self.grace_ms)

    def openings(self, since: Instant) -> Iterator[Instant]:
        """Every opening later than that, in order; two that a change of clocks throws together are one."""
        last = since
        for wall in self._walls(zones.day_before(zones.shown(since, self.zone))):
            if (opens := zones.at(wall, self.zone)) > last:
                last = opens
                yield opens

    def moved_on(self, opens: Instant) -> "Pattern":
        """The same windows from this one on, counted from a nearer day."""
        if self.kind is not PlanKind.RULE:
            return self
        since = zones.day_before(zones.shown(opens, self.zone))
        wall = next((each for each in self._walls(since) if zones.at(each, self.zone) >= opens), None)
        return self if wall is None else replace(self, rule=_from(self.rule, wall))

    def _walls(self, since: datetime) -> Iterator[datetime]:
        """What the clock there shows at each opening later than that, for a good year."""
        if self.kind is PlanKind.PATTERN:
            return takewhile(lambda wall: wall <= since + AHEAD, _ahead(self.rule, since))
        return takewhile(lambda wall: wall <= since + AHEAD, _rule(self.rule).xafter(since))


def read(written: str, *, zone: str, first: Instant, length_ms: int, grace_ms: int, now: Instant) -> Pattern:
    """What somebody wrote or pasted, whose windows do not contradict each other; else ``Refused``.

    `zone` counts for a pattern, and for a rule that names none itself.
    """
    try:
        zones.zone(zone)
        if "FREQ=" in written.upper():
            kind, (rule, zone) = PlanKind.RULE, _imported(written, zone, first)
        else:
            kind, rule = PlanKind.PATTERN, _pattern(written)
    except (ValueError, CronSimError, KeyError, TypeError, OverflowError):
        raise Refused("contact.rule_unreadable") from None
    plan = Pattern(kind=kind, rule=rule, zone=zone, first=first, length_ms=length_ms, grace_ms=grace_ms)
    _refuse_contradictions(plan, now)
    return plan


def _refuse_contradictions(plan: Pattern, now: Instant) -> None:
    """No window at all, one that is open when the next one opens, or none for longer than anybody is left unheard."""
    since = Instant(max(plan.first, now) - 1)
    found = list(islice(plan.openings(since), LOOKED_AT))
    if not found:
        raise Refused("contact.plan_empty")
    if any(later - opens < plan.length_ms for opens, later in pairwise(found)):
        raise Refused("contact.plan_overlaps")
    if any(later - opens > MOST_DAYS * DAY_MS for opens, later in pairwise([since, *found])):
        raise Refused("contact.plan_seldom")


# A line of cron -------------------------------------------------------------------------------------------------------


def _pattern(text: str) -> str:
    rule = " ".join(text.split())
    if len(rule.split(" ")) != 5 or len(rule) > LONGEST_RULE:
        raise ValueError("a pattern has five fields")
    try:
        CronSim(rule, datetime(2026, 1, 1))
    except CronSimError:
        minute, hour, day, _, weekday = rule.split(" ")
        CronSim(f"{minute} {hour} {day} * {weekday}", datetime(2026, 1, 1))
        raise _only_the_month(rule) from None
    return rule


def _only_the_month(rule: str) -> Exception:
    """What is wrong with a pattern that reads well in every month but its own: no such month, or it has no such day."""
    try:
        CronSim(f"0 0 1 {rule.split(' ')[3]} *", datetime(2026, 1, 1))
    except CronSimError as unreadable:
        return unreadable
    return Refused("contact.plan_empty")


def _ahead(rule: str, since: datetime) -> Iterator[datetime]:
    try:
        yield from CronSim(rule, since)
    except StopIteration:  # pragma: no cover - nothing in fifty years
        return


# A rule of a calendar -------------------------------------------------------------------------------------------------

_START: Final = re.compile(
    r"DTSTART(?:;TZID=(?P<zone>[^:;\s]+)|;VALUE=DATE-TIME)?:(?P<day>\d{8})T(?P<hour>\d{6})(?P<utc>Z?)", re.I
)
_WHEN: Final = "%Y%m%dT%H%M%S"
_DAYS_AND_HOURS: Final = {"BYDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE", "BYSETPOS", "WKST"}
_PARTS: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL"} | _DAYS_AND_HOURS
_HOW_OFTEN: Final = {"DAILY": MOST_DAYS, "WEEKLY": MOST_DAYS // 7, "MONTHLY": 1}
"""How many of each may lie between two windows."""
_COUNTED: Final = 1_000


def _imported(text: str, zone: str, first: Instant) -> tuple[str, str]:
    """A rule and its zone, as a calendar exports it: one RRULE, perhaps with its DTSTART. Counted ones get an end instead.

    Without a DTSTART it must name its hour, or it would open at whatever minute it was typed.
    """
    starts = [found for line in text.split() if (found := _START.fullmatch(line))]
    rules = [line.upper().removeprefix("RRULE:") for line in text.split() if not _START.fullmatch(line)]
    if len(rules) != 1 or len(starts) > 1:
        raise ValueError("one rule, with one beginning at most")
    parts = dict(part.split("=", 1) for part in rules[0].split(";"))
    if not parts.keys() <= _PARTS or len(parts) != rules[0].count(";") + 1:
        raise ValueError("a part is not known, or stands there twice")
    if parts["FREQ"] not in _HOW_OFTEN or ("BYSETPOS" in parts and parts["FREQ"] != "MONTHLY"):
        raise ValueError("a set is picked from within months alone; windows come round in days, weeks or months")
    interval = int(parts.get("INTERVAL", 1))
    if interval < 1 or (interval > 1 and parts["FREQ"] == "DAILY" and parts.keys() & {"BYDAY", "BYMONTHDAY"}):
        raise ValueError("it may never come round")
    if interval > _HOW_OFTEN[parts["FREQ"]]:
        raise Refused("contact.plan_seldom")
    if "COUNT" in parts and "UNTIL" in parts:
        raise Refused("contact.plan_contradicts")
    start, zone = _begun(starts[0], zone) if starts else (_full_minute(zones.shown(first, zone)), zone)
    hourless = not starts and "BYHOUR" not in parts
    if not starts:
        parts.setdefault("BYMINUTE", "0")
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], zone)
    if "COUNT" in parts:
        count = int(parts.pop("COUNT"))
        if not 1 <= count <= _COUNTED:
            raise ValueError("counted too far")
        counted = list(islice(_rule(_written(start, parts)), count))
        if not counted:
            raise Refused("contact.plan_empty")
        parts["UNTIL"] = counted[-1].strftime(_WHEN)
    rule = _written(start, parts)
    _rule(rule)
    if len(rule) > LONGEST_RULE:
        raise ValueError("too long")
    if hourless:
        raise Refused("contact.plan_hourless")
    return rule, zone


def _full_minute(wall: datetime) -> datetime:
    """The next one, where it is none."""
    return (wall + timedelta(minutes=1, microseconds=-1)).replace(second=0, microsecond=0)


def _begun(found: re.Match[str], zone: str) -> tuple[datetime, str]:
    wall = datetime.strptime(f"{found['day']}T{found['hour']}", _WHEN)
    if found["utc"]:
        if found["zone"]:
            raise Refused("contact.plan_contradicts")
        return zones.shown(zones.at(wall, "UTC"), zone), zone
    own = found["zone"] or zone
    zones.zone(own)
    return wall, own


def _until(written: str, zone: str) -> str:
    """By the clock of the zone; a day alone counts to its end."""
    if written.endswith("Z"):
        return zones.shown(zones.at(datetime.strptime(written[:-1], _WHEN), "UTC"), zone).strftime(_WHEN)
    return datetime.strptime(written if "T" in written else f"{written}T235959", _WHEN).strftime(_WHEN)


def _rule(rule: str) -> rrule:
    made = rrulestr(rule.replace(" ", "\n"))
    assert isinstance(made, rrule)
    return made


def _written(start: datetime, parts: dict[str, str]) -> str:
    return f"DTSTART:{start.strftime(_WHEN)} RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())


def _from(rule: str, wall: datetime) -> str:
    return f"DTSTART:{wall.strftime(_WHEN)} {rule.split(' ', 1)[1]}"
