"""Ready before the first danger: compiled kernels are read while nobody waits for them."""

from threading import Thread
from typing import Final

import numpy as np

from ojakgyo.domain.exposure.cascade import cascade
from ojakgyo.domain.exposure.network import network_of
from ojakgyo.domain.exposure.saving.dominators import dominators
from ojakgyo.domain.exposure.saving.saved import Saved
from ojakgyo.domain.exposure.seeds import Seed

_SURE: Final = 1.0


def start() -> Thread:
    """Warm the engine beside whatever else goes on; a house that closes does not wait for it."""
    thread = Thread(target=warm, name="warming", daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Ask the smallest network that has a link, with contacts and without."""
    network, _ = network_of([1, 2], source=[1], target=[2], probability=[_SURE], law=[0], links=[1])
    seeds = [Seed(node=1, probability=_SURE)]
    for clear_until in (None, np.full(2, -np.inf)):
        arrivals = cascade(network, seeds, draws=1, horizon=1.0, key=0, clear_until=clear_until)
    saved = Saved(dominators(network, seeds, arrivals, key=0), np.ones(2, dtype=np.int64))
    events = np.arange(arrivals.time.size)
    saved.below(events)
    saved.offers(events, np.zeros((1, 1)), np.zeros(1))
    saved.add(events, 0.0)
