"""The clock of the house, and when nobody was there to look at it."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import Absence
from ojakgyo.domain.values.instants import Instant


@fact("chronicle.was_away")
class HouseWasAway(Fact):
    """The house did nothing from one instant to the other. What fell due in between is done after this fact, and late.

    It hangs on clocks alone, never on what there was to do: a count of what was late would say that somebody wrote
    under duress.
    """

    since: Instant
    until: Instant
    absence: Absence


@fact("chronicle.clock_went_back")
class ClockWentBack(Fact):
    """The machine's clock lies more than a minute behind what this house has lived through."""

    machine: Instant
    house: Instant
