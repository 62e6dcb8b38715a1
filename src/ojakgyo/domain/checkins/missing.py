"""How often somebody is only late: a share learned from windows whose reason became known, and from nothing else.

Source: research, communications-and-cards.md, base rates: Beta(1, 9), one missed window in ten.
"""

from typing import Final

from ojakgyo.domain.facts import MissCause

PRIOR: Final = (1.0, 9.0)
"""Missed and kept, before anything is known of somebody."""


def rate(*, harmless: int, kept: int) -> float:
    """The share of windows a free person misses: `harmless` misses that were explained, `kept` windows in the same time."""
    missed, heard = PRIOR
    return (missed + harmless) / (missed + heard + harmless + kept)


HARMLESS: Final = tuple(cause for cause in MissCause if cause is not MissCause.TAKEN)
"""One who was taken says nothing about how often somebody who is free is silent."""


def is_harmless(cause: MissCause) -> bool:
    """Whether it says how often somebody who is free is silent."""
    return cause in HARMLESS
