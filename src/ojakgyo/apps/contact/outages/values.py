"""What a page shows of an area that is silent."""

from dataclasses import dataclass

from ojakgyo.domain.values.ids import AreaId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageLine:
    """`silent` of `of` people who were to be heard there lately were not, since `since`."""

    area: AreaId
    code: str
    since: Instant
    silent: int
    of: int
