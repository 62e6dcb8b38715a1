"""How words are kept when they come in: sealed, joined to what they repeat, forgotten in time; in the caller's transaction."""

from typing import Final

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact.models import Inbound, InboundState
from ojakgyo.apps.contact.spool import LONGEST
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import LineId, MessageId
from ojakgyo.domain.values.instants import DAY_MS, MINUTE_MS, Instant

REPEAT_MS: Final = 10 * MINUTE_MS
WORDS_KEPT_MS: Final = 30 * DAY_MS


def keep(desk: Desk, row: Inbound, *, number: str, words: str, **more: str) -> None:
    """Insert a message and have it read. `more`: what is sealed beside its words."""
    seal(desk, row, number=number, words=words, **more)
    join(row)
    row.save(force_insert=True)
    due.put(**forgotten(row))
    tell(desk, row, told=desk.now)


def seal(desk: Desk, row: Inbound, *, number: str, words: str, **more: str) -> None:
    said = [more[each] for each in ("through", "heads") if each in more]
    row.same = same(desk, number=number, words=" ".join((words, *said)))
    row.words = sealed(desk, row.message, number=number, words=words, **more)


def same(desk: Desk, *, number: str, words: str) -> bytes:
    """Tag of words and whom they come from, by which a repetition is known."""
    return desk.keyring.ring.external_id("same", number, words)[:16]


def join(row: Inbound) -> None:
    """What came before within ten minutes is joined to the first, which has the words."""
    before = first(row)
    if before is not None:
        row.state, row.first, row.words = InboundState.REPEATED, before, None


def tell(desk: Desk, row: Inbound, *, told: Instant) -> None:
    """The fact by which everybody above learns of a message."""
    message = MessageId(row.message)
    if row.first is not None:
        record(desk, facts.MessageRepeated(message=message, first=MessageId(row.first), told=told))
        return
    line = None if row.line is None else LineId(row.line)
    record(
        desk,
        facts.MessageReceived(message=message, inbound=row.seq, channel=row.channel, line=line, told=told),
    )


def sealed(desk: Desk, message: int, **fields: str) -> bytes:
    return seals.seal(desk.keyring.ring.words_key(), seals.place(Table.INBOUND, message, Group.WORDS), fields)


def opened(desk: Desk, row: Inbound) -> dict[str, str]:
    """What lies under RING.transit."""
    return seals.unseal(desk.keyring.ring.words_key(), seals.place(Table.INBOUND, row.message, Group.WORDS), row.words)


def length_code(words: str) -> str | None:
    return "contact.too_long" if len(words) > LONGEST else None


def forgotten(row: Inbound) -> dict[str, object]:
    """Words go after thirty days, known caller or not."""
    return {
        "kind": "contact.forget_words",
        "key": f"contact.forget_words:{row.seq}",
        "about": row.seq,
        "due": Instant(row.received_ms + WORDS_KEPT_MS),
    }


def first(row: Inbound) -> MessageId | None:
    """The message whose words and number came before. What is held may still be taken back: nothing is joined to it."""
    before = Inbound.objects.filter(same=row.same, received_ms__gte=row.received_ms - REPEAT_MS, first=None)
    before = before.exclude(state__in=(InboundState.UNREADABLE, InboundState.HELD)).exclude(message=row.message)
    found = before.order_by("seq").values_list("message", flat=True).first()
    return None if found is None else MessageId(found)
