"""People, cells, lines, links and cards."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import LineState, LinkKind, RevealReason
from ojakgyo.domain.values.ids import AreaId, CardId, CellId, LineId, LinkId, PersonId, PlaceId
from ojakgyo.domain.values.roles import PersonRole


@fact("people.person_added")
class PersonAdded(Fact):
    person: PersonId
    role: PersonRole
    cell: CellId


@fact("network.line_recorded")
class LineRecorded(Fact):
    line: LineId
    holder: PersonId


@fact("network.area_recorded")
class AreaRecorded(Fact):
    area: AreaId


@fact("network.place_recorded")
class PlaceRecorded(Fact):
    place: PlaceId
    area: AreaId


@fact("network.link_recorded")
class LinkRecorded(Fact):
    link: LinkId
    link_kind: LinkKind


@fact("network.link_forgotten")
class LinkForgotten(Fact):
    link: LinkId


@fact("cards.card_issued")
class CardIssued(Fact):
    card: CardId
    person: PersonId


# Names, and what the house forgets or burns ---------------------------------------------------------------------------


@fact("people.name_kept")
class NameKept(Fact):
    person: PersonId


@fact("people.name_revealed")
class NameRevealed(Fact):
    person: PersonId
    reason: RevealReason


@fact("people.name_sought")
class NameSought(Fact):
    """A name was looked for among those of one's own cells. `person`: whose code name was shown; `found`: how many fitted."""

    person: PersonId | None
    found: int


@fact("people.keys_rewrapped")
class KeysRewrapped(Fact):
    """The data keys of a cell's people stand under its present epoch."""

    cell: CellId
    epoch: int
    count: int


@fact("people.person_forgotten")
class PersonForgotten(Fact):
    """The data key is destroyed: no name of this person opens any more, in backups either."""

    person: PersonId


@fact("network.line_state_changed")
class LineStateChanged(Fact):
    line: LineId
    state: LineState


@fact("network.numbers_resealed")
class NumbersResealed(Fact):
    """The numbers of a cell's lines stand under its present epoch and in the present index."""

    cell: CellId
    epoch: int
    count: int


@fact("cards.card_burnt")
class CardBurnt(Fact):
    card: CardId
    person: PersonId


@fact("cards.card_to_reissue")
class CardToReissue(Fact):
    """Somebody who could read every card has left: this one is to be replaced."""

    card: CardId
    person: PersonId


# Cells as people work in them, and what an import took back ------------------------------------------------------------


@fact("network.cell_led")
class CellLed(Fact):
    """Who leads a cell, and who stands in for the lead."""

    cell: CellId
    lead: PersonId | None
    deputy: PersonId | None


@fact("network.cell_moved")
class CellMoved(Fact):
    """A cell works in another area now."""

    cell: CellId
    area: AreaId


@fact("network.line_removed")
class LineRemoved(Fact):
    """A line that came with an import and that nothing refers to is gone."""

    line: LineId


@fact("people.person_removed")
class PersonRemoved(Fact):
    """Somebody who came with an import and to whom nothing refers is gone, the data key with them."""

    person: PersonId
