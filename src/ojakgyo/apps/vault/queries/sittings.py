"""Who sits at the desk now, and when somebody last sat down."""

from dataclasses import dataclass

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.vault import models
from ojakgyo.apps.vault.seats import Seat, seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import SignedIn
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values.ids import OfficerId, TokenId
from ojakgyo.domain.values.instants import Instant

SIGN_INS = 5


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session: since when, its last act, and whether its keys are up. Of the machine it knows nothing."""

    id: TokenId
    officer: OfficerId
    code_name: CodeName
    began: Instant
    acted: Instant
    keys: bool
    pin: bool
    here: bool


def sittings(desk: Desk, *, here: bytes | None) -> tuple[Sitting, ...]:
    """Every session of this desk, the newest first; `here`: the id of the one that asks."""
    rows = models.Officer.objects.values_list("id", "word", "number")
    names = {OfficerId(id): CodeName(word, number) for id, word, number in rows}
    return tuple(_sitting(desk, seat, names[seat.officer], here) for seat in seats.present() if seat.officer in names)


def own_sittings(desk: Desk, *, here: bytes | None) -> tuple[Sitting, ...]:
    return tuple(each for each in sittings(desk, here=here) if each.officer == desk.officer)


def last_sign_ins(desk: Desk) -> tuple[Instant, ...]:
    """When the officer at this desk sat down, the newest first; this time included."""
    rows = Entry.objects.filter(kind=SignedIn.kind, actor=str(desk.actor)).order_by("-seq")
    return tuple(Instant(each) for each in rows.values_list("recorded_ms", flat=True)[:SIGN_INS])


def _sitting(desk: Desk, seat: Seat, name: CodeName, here: bytes | None) -> Sitting:
    began_s, acted_s = seats.ages(seat)
    return Sitting(
        id=seat.name,
        officer=seat.officer,
        code_name=name,
        began=Instant(desk.now - round(1_000 * began_s)),
        acted=Instant(desk.now - round(1_000 * acted_s)),
        keys=seat.half is not None,
        pin=seat.waiting is not None,
        here=seat.id == here,
    )
