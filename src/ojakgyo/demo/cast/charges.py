"""What is on the phones of the practice world, and who of its officers is on call."""

from typing import Final

from ojakgyo.demo.cast.dice import Dice
from ojakgyo.demo.cast.parts import Charge, Helper, Line, Turn
from ojakgyo.demo.cast.people import is_named
from ojakgyo.domain.facts import LineState
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

DUE: Final = (1, 2, 4, 5, 6)
"""Days after the story on which something runs out, one line each."""
UNKNOWN: Final = 4
"""Lines of which nobody has said what is on them."""
TURNS: Final = ("Haneul", "Dasom")
"""Nights and days, in turn."""
NIGHTS: Final = 8
FREE: Final = 5
"""The night nobody has taken yet."""
_LAST_MINUTE: Final = DAY_MS - MINUTE_MS
_MORNING: Final = 9 * HOUR_MS


def charges(people: tuple[Helper, ...], lines: tuple[Line, ...], day: Instant, dice: Dice) -> tuple[Charge, ...]:
    """Of every line in use but four. Five run out within the week, none of them of those the stories speak of."""
    named = {helper.key for helper in people if is_named(helper)}
    live = [line for line in lines if line.state is LineState.ACTIVE]
    quiet = dice.sample([line.key for line in live if line.holder not in named], len(DUE) + UNKNOWN)
    due = dict(zip(quiet, DUE, strict=False))
    return tuple(_charge(line.key, due.get(line.key), day, dice) for line in live if line.key not in quiet[len(DUE) :])


def _charge(line: str, due: int | None, day: Instant, dice: Dice) -> Charge:
    """Where nothing is due this week the card works for months, and it is topped up some weeks from now."""
    expires = dice.between(30, 160)
    if due is None:
        return Charge(
            line=line,
            expires=Instant(day + expires * DAY_MS + _LAST_MINUTE),
            topup=Instant(day + dice.between(12, 28) * DAY_MS + _MORNING),
            balance=None if dice.one_in(5) else 100 * dice.between(20, 90),
        )
    runs_out = dice.one_in(3)
    return Charge(
        line=line,
        expires=Instant(day + (due if runs_out else expires) * DAY_MS + _LAST_MINUTE),
        topup=None if runs_out else Instant(day + due * DAY_MS + _MORNING),
        balance=10 * dice.between(20, 190),
    )


def rota(day: Instant) -> tuple[Turn, ...]:
    """Eight days from the evening of the story on, so that the week ahead is whole: nights and days, one night free."""
    first = Instant(day + 19 * HOUR_MS)
    turns = [(TURNS[number % 2], Instant(first + number * 12 * HOUR_MS)) for number in range(2 * NIGHTS)]
    taken = [turn for number, turn in enumerate(turns) if number != 2 * FREE]
    return tuple(Turn(officer, opens, Instant(opens + 12 * HOUR_MS)) for officer, opens in taken)
