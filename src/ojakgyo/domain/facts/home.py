"""Shifts."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.values.ids import OfficerId, Seq


@fact("home.shift_handed_over")
class ShiftHandedOver(Fact):
    """Who goes has signed the brief, up to this fact."""

    officer: OfficerId
    upto: Seq


@fact("home.shift_taken")
class ShiftTaken(Fact):
    """Who comes has read the brief and signed it."""

    officer: OfficerId
    before: OfficerId
