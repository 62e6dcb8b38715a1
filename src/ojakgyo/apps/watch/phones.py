"""Whose phone may be in other hands. A yes or no that says nothing of why: it is asked before somebody is called."""

from collections.abc import Collection

from ojakgyo.apps.watch.explaining import taken
from ojakgyo.apps.watch.latest import latest
from ojakgyo.domain.desk import Desk


def in_other_hands(desk: Desk, persons: Collection[int]) -> frozenset[int]:
    """Those of these who may well have been taken, or who wrote under duress, which ends only when two officers say so."""
    found = latest.analysis(desk)
    return (taken(found) | found.world.duress) & frozenset(persons)
