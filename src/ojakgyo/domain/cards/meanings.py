"""The ten meanings by their digit. Fixed for ever: people know them by heart."""

from typing import Final

from ojakgyo.domain.facts import Meaning

BY_DIGIT: Final = (
    Meaning.WELL,
    Meaning.DELAYED,
    Meaning.GUARD_2,
    Meaning.DANGER,
    Meaning.PICK_UP,
    Meaning.GUARD_5,
    Meaning.RECEIVED,
    Meaning.HANDED_OVER,
    Meaning.ARRIVED,
    Meaning.GUARD_9,
)
GUARDS: Final = frozenset({Meaning.GUARD_2, Meaning.GUARD_5, Meaning.GUARD_9})
"""Nobody sends these: they lie between the groups, where a finger that slips by one column ends."""


def digit(meaning: Meaning) -> int:
    return BY_DIGIT.index(meaning)
