"""Times of which silence says nothing: a channel was deaf, the house was not at work, or the desk kept radio silence."""

from collections.abc import Iterable, Iterator
from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.contact.hours.values import Blank, BlankKind
from ojakgyo.apps.contact.radio.queries import spans
from ojakgyo.apps.contact.values import Ears
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

KINDS: Final[tuple[type[Fact], ...]] = (
    facts.ChannelDeaf,
    facts.ChannelHeard,
    facts.GatewayDropped,
    facts.HouseWasAway,
)
AT_MOST: Final = 500
"""So many changes back are looked at: three channels that come and go every ten minutes for a day."""

SHORTEST_MS: Final = MINUTE_MS
"""The moment in which a house opens its ears is no deafness."""


def blanks(since: Instant, ears: Ears) -> tuple[Blank, ...]:
    """Each that lasted at `since` or began later, by when it began; a radio silence with the end it is to have."""
    still = (Blank(kind=BlankKind.STILL, begins=each.begun, ends=each.ends) for each in spans(since))
    found = [*_unheard(ears), *still]
    lasting = [each for each in found if each.ends is None or each.ends > max(since, each.begins + SHORTEST_MS)]
    return tuple(sorted(lasting, key=lambda each: (each.begins, each.kind, each.gateway or 0)))


def _unheard(ears: Ears) -> Iterator[Blank]:
    """From the chronicle, and what is deaf at this moment and not written down yet."""
    open_now: dict[int, Blank] = {}
    for told in inbox.latest(KINDS, at_most=AT_MOST):
        match told.fact:
            case facts.HouseWasAway() as away:
                yield Blank(kind=BlankKind.CLOSED, begins=away.since, ends=away.until)
            case facts.ChannelDeaf() as deaf:
                begins = Instant(deaf.happened_from or told.recorded)
                blank = Blank(kind=BlankKind.DEAF, begins=begins, ends=None, channel=deaf.channel, gateway=deaf.gateway)
                open_now.setdefault(deaf.gateway or 0, blank)
            case facts.ChannelHeard() | facts.GatewayDropped() as over:
                if (begun := open_now.pop(over.gateway or 0, None)) is not None:
                    yield _ended(begun, told.recorded)
    yield from open_now.values()
    yield from _not_written_yet(ears, open_now)


def _not_written_yet(ears: Ears, known: Iterable[int]) -> Iterator[Blank]:
    for ear in ears.deaf:
        if (ear.gateway or 0) not in known:
            yield Blank(kind=BlankKind.DEAF, begins=ear.since, ends=None, channel=ear.channel, gateway=ear.gateway)


def _ended(blank: Blank, at: Instant) -> Blank:
    return Blank(kind=blank.kind, begins=blank.begins, ends=at, channel=blank.channel, gateway=blank.gateway)
