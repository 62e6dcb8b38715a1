"""A line that was typed is held for a few seconds, in which whoever typed it may take it back; then it is read like an SMS.

It lies sealed from the first moment and falls due like everything else, so a desk that is closed meanwhile loses nothing.
What a held line agreed, the next window, is agreed at once and goes with it if it is taken back.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.inbox import mentioning
from ojakgyo.apps.contact import graces, keeping
from ojakgyo.apps.contact.models import ContactPlan, Inbound, InboundState, Window, WindowState
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.domain import facts
from ojakgyo.domain.checkins.typed import is_code
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import LineHeld
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, MessageId, PersonId
from ojakgyo.domain.values.instants import HOUR_MS, SECOND_MS, Instant

KIND: Final = "contact.release_line"
LENGTH_MS: Final = HOUR_MS
"""A window agreed in passing is open for so long, where no plan says otherwise."""


def agreed(
    window: int | None, following: Instant | None, *, through: PersonId | None = None, heads: int | None = None
) -> dict[str, str]:
    """What is sealed beside the words: a line does not keep the window it agreed, and none is agreed from its row."""
    said = {} if following is None else {"next": str(following)}
    if through is not None:
        said["through"] = str(through)
    if heads is not None:
        said["heads"] = str(heads)
    return said if window is None else {**said, "window": str(window)}


def hold(desk: Desk, row: Inbound, *, words: str, line: str, **more: str) -> None:
    """Keep a line for as long as it may be taken back. It is joined to nothing yet, and nothing to it."""
    until = Instant(desk.now + settings.OJAK_HOLD_MS)
    row.state, row.held_ms = InboundState.HELD, until
    keeping.seal(desk, row, number=str(row.person), words=words, line=line, **more)
    row.save(force_insert=True)
    due.put(**keeping.forgotten(row))
    due.put(KIND, key=_key(row), about=row.seq, due=until)
    record(desk, LineHeld(message=MessageId(row.message), person=PersonId(row.person)))


def release(desk: Desk, row: Inbound) -> None:
    """Nobody took it back: from here it takes the same path as an SMS, as of when it was typed."""
    row.state = InboundState.WAITING
    if row.words is not None:
        told = keeping.opened(desk, row)
        row.words = keeping.sealed(desk, row.message, **{name: told[name] for name in told if name != "line"})
    keeping.join(row)
    row.save(update_fields=["state", "first", "words"])
    keeping.tell(desk, row, told=Instant(row.received_ms))


def held(desk: Desk, message: MessageId) -> Inbound:
    """A line of the officer at the desk that may still be taken back; anything else is `Refused`."""
    typed = mentioning([ids.text("m", message)], kinds=[LineHeld], at_most=1)
    if not typed or typed[0].actor != desk.actor:
        raise Refused("house.not_found", message=message)
    row = Inbound.objects.filter(message=message, state=InboundState.HELD, held_ms__gt=desk.now).first()
    if row is None or row.words is None:
        raise Refused("contact.line_read", message=message)
    return row


def undo(desk: Desk, row: Inbound) -> str:
    """Remove a held line with its words and what it agreed; the line as it was typed."""
    told = keeping.opened(desk, row)
    if (window := told.get("window")) is not None and _withdraw(int(window)):
        due.drop(f"contact.window:{window}")
    due.drop(_key(row))
    due.drop(str(keeping.forgotten(row)["key"]))
    row.delete()
    return told["line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A line that may still be taken back: until when, when the window opens that it agreed, and what it has the form of."""

    until: Instant
    agreed: Instant | None
    code: bool
    relayed: bool


def still_held(desk: Desk, message: MessageId) -> Held | None:
    """None: it cannot be taken back any more."""
    row = Inbound.objects.filter(message=message, state=InboundState.HELD, held_ms__gt=desk.now).first()
    if row is None or row.words is None:
        return None
    told, window = keeping.opened(desk, row), agreed_by(desk, row)
    opens = Window.objects.filter(pk=window).values_list("opens_ms", flat=True).first() if window else None
    return Held(
        until=Instant(row.held_ms),
        agreed=None if opens is None else Instant(opens),
        code="through" not in told and is_code(told["words"]),
        relayed="through" in told,
    )


def waits_until(desk: Desk, person: int) -> Instant | None:
    """When the last held line about a person will have been read; None: none is held that can still be read."""
    rows = Inbound.objects.filter(person=person, state=InboundState.HELD).order_by("-seq")
    return next((Instant(max(row.held_ms, desk.now) + SECOND_MS) for row in rows if due.waits(_key(row))), None)


def agree_next(desk: Desk, person: PersonId, opens: Instant) -> int | None:
    """The window that opens then, for who holds the person's cell; its length and grace as usual for them.

    None where a window that opens at this moment stands already.
    """
    cell = cells_of([person]).get(person)
    if cell is None or not desk.keyring.holds(cell):
        raise NotHeld(person=person)
    if opens <= desk.now:
        raise Refused("contact.next_unclear")
    if Window.objects.filter(person_id=person, opens_ms=opens).exists():
        return None
    length, grace = _usual(desk, person, cell)
    closes = Instant(opens + length)
    window = Window.objects.create(person_id=person, opens_ms=opens, closes_ms=closes, grace_ms=grace)
    due.put("contact.window", key=f"contact.window:{window.pk}", about=window.pk, due=Instant(closes + grace))
    record(desk, facts.WindowAgreed(person=person, opens=opens, closes=closes))
    return int(window.pk)


def agreed_by(desk: Desk, row: Inbound) -> int | None:
    """The window that a typed line agreed, while its words lie here: it is not the one that this line keeps."""
    window = None if row.words is None else keeping.opened(desk, row).get("window")
    return None if window is None else int(window)


def next_typed(desk: Desk, row: Inbound) -> Instant | None:
    """When the next contact begins by what an officer typed with this line, whichever way it was agreed."""
    found = None if row.words is None else keeping.opened(desk, row).get("next")
    return None if found is None else Instant(int(found))


def _usual(desk: Desk, person: PersonId, cell: CellId) -> tuple[int, int]:
    plan = ContactPlan.objects.filter(person_id=person).values_list("length_ms", "grace_ms").first()
    return plan or (LENGTH_MS, graces.usual_ms(desk, cell, person))


def _withdraw(window: int) -> bool:
    return bool(Window.objects.filter(pk=window, state=WindowState.AGREED).delete()[0])


def _key(row: Inbound) -> str:
    return f"{KIND}:{row.seq}"
