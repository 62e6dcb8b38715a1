"""What the house does with what came in: reads it by its card, notes windows kept and missed, lets words go."""

from ojakgyo.apps.cards.reading import CardReading, read_text
from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.contact import holding
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.models import Inbound, InboundState, Route, Window, WindowState
from ojakgyo.apps.contact.spool import LONGEST
from ojakgyo.apps.contact.words import hand_on
from ojakgyo.apps.network.queries import holder_of
from ojakgyo.apps.vault import seals
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import windows
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel, MachineLost, MessageReceived, ReadingResult
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.values.ids import PersonId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

DEAF_AGAIN_MS = 5 * MINUTE_MS


@duty(facts=(MessageReceived,), since="beginning", lag_limit_ms=5_000)
def read_message(desk: Desk, *, seq: Seq, fact: MessageReceived) -> None:
    """Decode a message by the card of who sent it, and note the window it keeps. Nobody is answered."""
    row = Inbound.objects.get(seq=fact.inbound)
    if row.state != InboundState.WAITING:
        return
    person = PersonId(row.person) if row.person else holder_of(fact.line)
    heard = Instant(row.received_ms)
    read = _read(desk, row, person)
    window = None if person is None or _says_nothing(read) else _keep_window(desk, row, person, heard)
    Inbound.objects.filter(pk=row.pk).update(state=InboundState.READ)
    by_voice = read is None and row.words is not None and row.channel is Channel.TYPED
    hand_on(desk, row, person)
    if person is not None and by_voice:
        record(desk, facts.HeardWithoutCard(person=person, window=window, told=heard))
        return
    record(
        desk,
        facts.MessageRead(
            message=fact.message,
            line=fact.line,
            person=person,
            card=read.card if read else None,
            row=read.reading.row if read else None,
            result=read.reading.result if read else ReadingResult.MALFORMED,
            meaning=read.reading.meaning if read else None,
            window=window,
            told=heard,
        ),
    )


def _read(desk: Desk, row: Inbound, person: PersonId | None) -> CardReading | None:
    """What the words say on the sender's card; None without sender, card or words."""
    if person is None or row.words is None:
        return None
    place = seals.place(Table.INBOUND, row.message, Group.WORDS)
    words: str = seals.unseal(desk.keyring.ring.words_key(), place, row.words)["words"]
    try:
        return read_text(desk, person=person, words=words[:LONGEST])
    except Refused as refused:
        if refused.code != "cards.no_card":
            raise
        return None


def _says_nothing(read: CardReading | None) -> bool:
    """A used row says nothing about today: whoever has the old text can send it."""
    return read is not None and read.reading.result is ReadingResult.REPLAY


def _keep_window(desk: Desk, row: Inbound, person: PersonId, heard: Instant) -> int | None:
    """The window this sign of life keeps, and the end of waiting for it. The one it agreed is for the next time."""
    waiting = Window.objects.filter(person_id=person, state=WindowState.AGREED).exclude(pk=holding.agreed_by(desk, row))
    agreed = list(waiting.order_by("opens_ms"))
    place = windows.kept_by([windows.Window(row.opens_ms, row.closes_ms, row.grace_ms) for row in agreed], heard)
    if place is None:
        return None
    kept = agreed[place]
    Window.objects.filter(pk=kept.pk).update(state=WindowState.KEPT, heard_ms=heard)
    due_list.drop(f"contact.window:{kept.pk}")
    record(desk, facts.WindowKept(person=person, window=kept.pk, told=heard))
    return int(kept.pk)


@due_duty("contact.release_line", lag_limit_ms=MINUTE_MS, news=True)
def release_line(desk: Desk, *, about: int, due: Instant) -> None:
    """Nobody took a typed line back: it is read like an SMS, as of when it was typed, before any silence is judged."""
    row = Inbound.objects.filter(seq=about, state=InboundState.HELD).first()
    if row is not None:
        holding.release(desk, row)


@due_duty("contact.window", lag_limit_ms=MINUTE_MS)
def miss_window(desk: Desk, *, about: int, due: Instant) -> None:
    """Grace is over and nothing was heard. A deaf desk blames nobody: it looks again when five minutes have passed."""
    if hearing.is_deaf():
        due_list.again(f"contact.window:{about}", due=Instant(desk.now + DEAF_AGAIN_MS))
        return
    missed = Window.objects.filter(pk=about, state=WindowState.AGREED)
    person = missed.values_list("person_id", flat=True).first()
    if person is not None and (until := holding.waits_until(desk, person)) is not None:
        due_list.again(f"contact.window:{about}", due=until)  # somebody heard them, and may still take that back
        return
    if person is not None and missed.update(state=WindowState.MISSED):
        record(desk, facts.WindowMissed(person=PersonId(person), window=about, told=due))


@due_duty("contact.forget_words", lag_limit_ms=HOUR_MS)
def forget_words(desk: Desk, *, about: int, due: Instant) -> None:
    """Thirty days after they came the words of a message go."""
    Inbound.objects.filter(seq=about).update(words=None, dropped=None)


@duty(facts=(MachineLost,), since="beginning", lag_limit_ms=MINUTE_MS)
def void_agreements(desk: Desk, *, seq: Seq, fact: MachineLost) -> None:
    """Whoever has the machine knows when and by which way everybody is reached: wait for nobody, use none of it."""
    agreed = Window.objects.filter(state=WindowState.AGREED)
    for window in agreed.values_list("pk", flat=True):
        due_list.drop(f"contact.window:{window}")
    count, _ = agreed.delete()
    Route.objects.all().delete()
    record(desk, facts.WindowsVoided(count=count))
