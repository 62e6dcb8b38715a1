"""Are our ears open? Kept in memory: a house that has just started has not heard anything yet, and says so.

Each channel has its own ear. The spool is heard while it can be read to its end; a gateway is heard while it hands in
something, a beat if nothing else. Whoever might write to a deaf one cannot be told apart from somebody who is silent, and
the desk does not know to which they write: so the whole desk is deaf as soon as one channel is that was heard before, and
judges nobody's silence until it is heard again or dropped.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.contact.values import DeafEar, Ears, EarState
from ojakgyo.domain.facts import Channel
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.store import keyholder

SPOOL: Final = 0
"""The spool's place among the numbers of gateways."""
STALE_S: Final = 10.0
"""A spool that was not listened to for so long is deaf."""
GATEWAY_STALE_S: Final = 300.0
"""So is a gateway that handed in nothing: five beats, one a minute."""


@dataclass(frozen=True, slots=True)
class Known:
    """A gateway that is kept. `deaf_since`: as it was written down when the house was last open; `once`: it was heard."""

    channel: Channel
    once: bool = False
    deaf_since: Instant | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something that was handed in was not taken."""

    code: str
    at: Instant


@dataclass(slots=True)
class _Ear:
    channel: Channel
    began: tuple[float, Instant]
    """Since when it is listened for."""
    stale_s: float
    heard: tuple[float, Instant] | None = None
    before: Known | None = None
    refused: Refusal | None = None

    def state(self, tick: float) -> EarState:
        if self.heard is not None:
            return EarState.HEARD if tick - self.heard[0] <= self.stale_s else EarState.DEAF
        if self.before is None or not self.before.once:
            return EarState.NEVER
        noted = self.before.deaf_since is not None
        return EarState.DEAF if noted or tick - self.began[0] > self.stale_s else EarState.AWAITED

    @property
    def since(self) -> Instant:
        """When it was last heard, as far as this run knows."""
        if self.heard is not None:
            return self.heard[1]
        return (self.before and self.before.deaf_since) or self.began[1]


class Hearing:
    """When the spool was last read to its end and each gateway last handed in something, and since when that has failed."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick, self._lock = tick, threading.Lock()
        self._ears: dict[int, _Ear] = {}

    def heard(self, now: Instant, gateway: int = SPOOL, channel: Channel = Channel.SPOOL) -> bool:
        """The spool was read, or a gateway handed in something; True if that is news."""
        with self._lock:
            ear = self._ear(gateway, channel, now)
            news = ear.state(self._tick()) is not EarState.HEARD
            ear.heard = self._tick(), now
            if ear.refused is not None and (ear.refused.code in _PUT_RIGHT or now - ear.refused.at >= DAY_MS):
                ear.refused = None
        return news

    def refused(self, code: str, now: Instant, gateway: int, channel: Channel) -> None:
        """A gateway that is kept handed in what could not be taken, or somebody else did in its name."""
        with self._lock:
            self._ear(gateway, channel, now).refused = Refusal(code, now)

    def expect(self, gateways: Mapping[int, Known], now: Instant, *, spool: Known | None = None) -> None:
        """These gateways are kept and no others. `spool`: what is written down about the spool, if it ever was deaf."""
        with self._lock:
            if spool is not None:
                ear = self._ear(SPOOL, Channel.SPOOL, now)
                ear.before = ear.before or spool
            for gone in set(self._ears) - set(gateways) - {SPOOL}:
                del self._ears[gone]
            for number, known in gateways.items():
                ear = self._ear(number, known.channel, now)
                ear.before = ear.before or known

    def forget(self) -> None:
        """The house was sealed: what it hears next is the first it hears."""
        with self._lock:
            self._ears.clear()

    def is_deaf(self) -> bool:
        """Whether a channel that was heard once is not heard now: silence says nothing about anybody.

        A gateway that an earlier run heard is not heard before it hands in something to this one.
        """
        with self._lock:
            return any(ear.state(self._tick()) in _NOT_HEARD for ear in self._ears.values())

    def states(self) -> dict[int, tuple[EarState, Instant, Refusal | None]]:
        """Each channel by its gateway's number: how it stands, since when that is so or when it was last heard."""
        with self._lock:
            tick = self._tick()
            return {number: (ear.state(tick), ear.since, ear.refused) for number, ear in self._ears.items()}

    def ears(self) -> Ears:
        with self._lock:
            tick = self._tick()
            told = [(number, ear, ear.state(tick)) for number, ear in sorted(self._ears.items())]
            deaf = tuple(
                DeafEar(channel=ear.channel, gateway=number or None, since=ear.since)
                for number, ear, state in told
                if state in _NOT_HEARD
            )
            return Ears(
                channels=len({SPOOL, *self._ears}),
                hearing=sum(state is EarState.HEARD for _, _, state in told),
                deaf_since=min((each.since for each in deaf), default=None),
                deaf=deaf,
            )

    def _ear(self, gateway: int, channel: Channel, now: Instant) -> _Ear:
        stale = STALE_S if gateway == SPOOL else GATEWAY_STALE_S
        return self._ears.setdefault(gateway, _Ear(channel, (self._tick(), now), stale))


_NOT_HEARD: Final = (EarState.DEAF, EarState.AWAITED)
_PUT_RIGHT: Final = frozenset({"contact.gateway_clock"})
"""Gone with whatever is taken next. A wrong signature stays for a day: somebody else may have tried."""

hearing: Final = Hearing()
keyholder.when_sealed(hearing.forget)
