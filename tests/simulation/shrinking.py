"""A story that broke, told again with ever fewer faults, for as long as the same invariant does not hold."""

from collections.abc import Callable
from itertools import chain

from simulation.faults import Fault
from simulation.running import Result
from simulation.story import Faults

Tell = Callable[[Faults, Result], Result]
"""Tells the story under these faults as far as it was told before it broke."""


def shrunk(tell: Tell, first: Result) -> Result:
    """How it breaks with the fewest faults: none, if none is needed; else the last few, less each that it breaks without."""
    assert first.broken is not None
    best = first
    fired = sorted(first.fired)
    for count in chain((0, 1, 2, 3), range(5, len(fired), 5)):
        if (found := _again(tell, fired[len(fired) - count :] if count else [], first)) is not None:
            best = found
            break
    for fault in sorted(best.fired):
        if (found := _again(tell, [each for each in best.fired if each != fault], first)) is not None:
            best = found
    return best


def _again(tell: Tell, faults: list[Fault], first: Result) -> Result | None:
    assert first.broken is not None
    found = tell({(fault.event, fault.attempt): fault for fault in faults}, first)
    same = found.broken is not None and found.broken.name == first.broken.name
    return found if same and len(found.fired) <= len(faults) else None
