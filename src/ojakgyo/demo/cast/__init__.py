"""The cast: the practice world and its stories, as pure data. The same seed and day give the same world."""

from typing import Final

from ojakgyo.demo.cast import charges, contact, links, lives, people
from ojakgyo.demo.cast.dice import Dice
from ojakgyo.demo.cast.night import (
    NIGHT,
    Event,
    Expectation,
    Expected,
    GuideLine,
    ReportEvent,
    SmsEvent,
)
from ojakgyo.demo.cast.outage import OUTAGE
from ojakgyo.demo.cast.parts import World
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant

__all__ = [
    "NIGHT",
    "OUTAGE",
    "SEED",
    "Event",
    "Expectation",
    "Expected",
    "GuideLine",
    "ReportEvent",
    "SmsEvent",
    "World",
    "cast",
    "story_start",
]

SEED: Final = 1912
_SEOUL_MS: Final = 9 * HOUR_MS
_STARTS_MS: Final = 19 * HOUR_MS + 12 * MINUTE_MS


def story_start(now: Instant) -> Instant:
    """The next 19:12 in Seoul (UTC+9 all the year), `now` included."""
    day_ms = (now + _SEOUL_MS) // DAY_MS * DAY_MS - _SEOUL_MS
    today = day_ms + _STARTS_MS
    return Instant(today if now <= today else today + DAY_MS)


def cast(seed: int, now: Instant) -> World:
    """The world as it stands when the story starts. All that is past in it lies before `now` as well."""
    start = story_start(now)
    day = Instant(start - _STARTS_MS)
    helpers = people.helpers(Dice(seed, "helpers"))
    lines = people.lines(helpers, Dice(seed, "lines"))
    cards = people.cards(helpers, lines, Dice(seed, "cards"))
    return World(
        story_start=start,
        officers=people.OFFICERS,
        areas=people.AREAS,
        cells=people.CELLS,
        helpers=helpers,
        lines=lines,
        cards=cards,
        lives=lives.lives(helpers, cards, Dice(seed, "card lives")),
        places=links.PLACES,
        links=links.links(helpers, lines, day, Dice(seed, "links")),
        plans=contact.plans(helpers, cards, day, Dice(seed, "plans"), Dice(seed, "rounds")),
        routes=contact.routes(helpers, lines, day, Dice(seed, "routes")),
        noticers=contact.noticers(helpers, Dice(seed, "noticers")),
        charges=charges.charges(helpers, lines, day, Dice(seed, "charges")),
        rota=charges.rota(day),
    )
