"""What stays when an import is taken back."""

from enum import StrEnum


class Why(StrEnum):
    """Why something that came with a batch stays when it is taken back."""

    IN_TOUCH = "in_touch"
    CALLED = "called"
    CARD = "card"
    WARNING = "warning"
    REPORT = "report"
    NOTED = "noted"
    """There is a sign of somebody, or a report where whoever looks may not know of it."""
    NAME = "name"
    AGREED = "agreed"
    LINKED = "linked"
    ANOTHER_LINE = "another_line"
    HOLDER_STAYS = "holder_stays"
    MEMBERS_STAY = "members_stay"
    KEYS = "keys"
    IN_USE = "in_use"
    CHANGED = "changed"
