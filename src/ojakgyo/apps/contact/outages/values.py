"""What a page shows of an area that is silent, and of a window that was missed."""

from dataclasses import dataclass

from ojakgyo.domain.values.ids import AreaId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageLine:
    """`silent` of `of` people who were to be heard there lately were not, which the house noticed at `since`.

    `again`: when it looks anew; None: as soon as somebody is heard.
    """

    area: AreaId
    code: str
    since: Instant
    silent: int
    of: int
    again: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissLine:
    """A window that was missed. `known`: somebody has said why; what, is shown nowhere, for it may be that they were taken."""

    window: int
    opens: Instant
    closes: Instant
    known: bool
