"""On which facts a deadline rests: from whom the danger comes, when it began, and which sign was the last to matter."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np

from ojakgyo.apps.watch.models import Signal
from ojakgyo.domain.belief import signals
from ojakgyo.domain.exposure.network import Network
from ojakgyo.domain.exposure.paths import Paths
from ojakgyo.domain.values.instants import DAY_MS, Instant

RISK: Final = 0.05
"""The chance that somebody is reached before the deadline."""
EPISODE_MS: Final = DAY_MS
"""Alarming signs of one day belong together; the first of them is when the desk could have begun to act."""

Signs = Mapping[int, tuple[signals.Signal, ...]]
Rows = Mapping[int, tuple[Signal, ...]]


def sources(paths: Paths, subject: int) -> frozenset[int]:
    """From whom the danger to somebody comes: the likeliest, and whoever has a share worth a warning."""
    shares = paths.shares(subject)
    return frozenset(person for place, (person, share) in enumerate(shares) if place == 0 or share >= RISK)


def first_alarm(signs: Signs, about: Iterable[int], *, default: Instant) -> Instant:
    """When the first alarming sign of the last day of signs about these persons was heard.

    The day is counted back from the newest of them: what is heard of others, and the passing of time, move nothing.
    """
    heard = [each.heard for person in about for each in signs.get(person, ()) if each.decibans > 0.0]
    newest = max(heard, default=default)
    return min((each for each in heard if each >= newest - EPISODE_MS), default=default)


def newest_alarm(signs: Signs, about: Iterable[int]) -> int:
    """Number of the newest alarming sign about any of these persons, 0 if there is none."""
    return max((each.seq for person in about for each in signs.get(person, ()) if each.decibans > 0.0), default=0)


def newest_sign(rows: Rows, about: Collection[int]) -> int:
    """Number of the newest sign of any kind about any of these persons, 0 if there is none."""
    return max((rows[person][-1].because for person in about if person in rows), default=0)


def newest_nearby(rows: Rows, stretches: Mapping[int, int]) -> dict[int, int]:
    """Stretch of the network -> number of the newest sign about anybody in it."""
    found: dict[int, int] = {}
    for person, own in rows.items():
        if (stretch := stretches.get(person)) is not None:
            found[stretch] = max(found.get(stretch, 0), own[-1].because)
    return found


def stretches_of(network: Network) -> dict[int, int]:
    """Node -> its stretch: nodes of two stretches are joined by no link, so nothing follows from one for the other."""
    label = np.arange(network.nodes.size)
    while True:
        before = label.copy()
        np.minimum.at(label, network.target, label[network.source])
        np.minimum.at(label, network.source, label[network.target])
        label = label[label]
        if np.array_equal(label, before):
            return dict(zip(network.nodes.tolist(), label.tolist(), strict=True))
