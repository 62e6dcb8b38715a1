"""What the house does with what came in: reads it by its card, notes windows kept and missed, lets words go."""

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.contact import decoding, holding, quiet
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.models import Inbound, InboundState, Quiet, Route, Window, WindowState
from ojakgyo.apps.contact.radio.waiting import waits_until as radio_waits_until
from ojakgyo.apps.contact.waiting import keep_heard_since
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import MachineLost, MessageReceived, QuietAnnounced
from ojakgyo.domain.values.ids import PersonId, Seq
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant

DEAF_AGAIN_MS = 5 * MINUTE_MS


@duty(facts=(MessageReceived,), since="beginning", lag_limit_ms=5_000)
def read_message(desk: Desk, *, seq: Seq, fact: MessageReceived) -> None:
    """Decode a message by the card of who sent it, and note the window it keeps. Nobody is answered."""
    row = Inbound.objects.get(seq=fact.inbound)
    if row.state == InboundState.WAITING:
        decoding.read(desk, row)


@due_duty("contact.give_up_match", lag_limit_ms=MINUTE_MS)
def give_up_match(desk: Desk, *, about: int, due: Instant) -> None:
    """A text that fits a row waited for a second one, and none came."""
    row = Inbound.objects.filter(seq=about, state=InboundState.PENDING).first()
    if row is not None:
        decoding.give_up(desk, row)


@duty(facts=(QuietAnnounced,), since="beginning", lag_limit_ms=MINUTE_MS)
def keep_quiet(desk: Desk, *, seq: Seq, fact: QuietAnnounced) -> None:
    """They said for how long nothing will be heard: wait for no window before, and for one from then on."""
    quiet.keep(desk, fact.person, until=fact.until)


@due_duty("contact.release_line", lag_limit_ms=MINUTE_MS, news=True)
def release_line(desk: Desk, *, about: int, due: Instant) -> None:
    """Nobody took a typed line back: it is read like an SMS, as of when it was typed, before any silence is judged."""
    row = Inbound.objects.filter(seq=about, state=InboundState.HELD).first()
    if row is not None:
        holding.release(desk, row)


@due_duty("contact.window", lag_limit_ms=MINUTE_MS)
def miss_window(desk: Desk, *, about: int, due: Instant) -> None:
    """Grace is over and nothing was heard. A deaf desk blames nobody: it looks again when five minutes have passed.

    Who was heard meanwhile, by whatever came, has missed nothing.
    """
    if hearing.is_deaf():
        due_list.again(f"contact.window:{about}", due=Instant(desk.now + DEAF_AGAIN_MS))
        return
    if (later := radio_waits_until(desk, about)) is not None:
        due_list.again(f"contact.window:{about}", due=later)
        return
    missed = Window.objects.filter(pk=about, state=WindowState.AGREED)
    person = missed.values_list("person_id", flat=True).first()
    if person is not None and (until := holding.waits_until(desk, person)) is not None:
        due_list.again(f"contact.window:{about}", due=until)  # somebody heard them, and may still take that back
        return
    if person is None or keep_heard_since(desk, about):
        return
    if missed.update(state=WindowState.MISSED):
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
    Quiet.objects.all().delete()
    Route.objects.all().delete()
    record(desk, facts.WindowsVoided(count=count))
