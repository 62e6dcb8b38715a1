"""What the house does about silences by itself: begins them, lets them grow, brings back what nobody has in hand.

A deaf desk, a radio silence and an area that is silent as a whole hold all of that back; what is held back is looked at
again and again, so that it goes on as soon as nothing holds it.
"""

from typing import Final

from ojakgyo.apps.chronicle import due as due_list
from ojakgyo.apps.chronicle.duties import due_duty, duty
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.models import Silence, Window, WindowState
from ojakgyo.apps.contact.outages.looking import look_soon
from ojakgyo.apps.contact.signs import heard_since
from ojakgyo.apps.contact.silences import standing
from ojakgyo.apps.contact.silences.hearing import Heard, whom
from ojakgyo.apps.contact.silences.queries import LOOK_AGAIN_MS, area_of, held_until
from ojakgyo.domain.checkins.missing import HARMLESS
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    ChallengeAnswered,
    GroupCounted,
    HeardThrough,
    HeardWithoutCard,
    MessageRead,
    QuestionAnswered,
    SilenceEnd,
    WindowKept,
    WindowMissed,
)
from ojakgyo.domain.values.ids import PersonId, Seq
from ojakgyo.domain.values.instants import MINUTE_MS, Instant

SEEN: Final = (SilenceEnd.SEEN, SilenceEnd.AGREED)
"""Said by hand, and as good as heard."""


@duty(facts=(WindowMissed,), since="beginning", lag_limit_ms=5_000)
def begin_silence(desk: Desk, *, seq: Seq, fact: WindowMissed) -> None:
    """A window was missed: from now on somebody looks after it by name."""
    _begin(desk, fact.window)


@due_duty("contact.silence_begins", lag_limit_ms=MINUTE_MS)
def begin_held_silence(desk: Desk, *, about: int, due: Instant) -> None:
    """What held it back may have ended."""
    _begin(desk, about)


@due_duty("contact.silence_grows", lag_limit_ms=MINUTE_MS)
def grow_silence(desk: Desk, *, about: int, due: Instant) -> None:
    """It has lasted for another stage."""
    row = _open(about)
    if row is not None and not _held_back(desk, row.person_id, standing.GROWS, about):
        standing.grow(desk, row)


@due_duty("contact.silence_comes_back", lag_limit_ms=MINUTE_MS)
def bring_back_silence(desk: Desk, *, about: int, due: Instant) -> None:
    """Nobody has taken it, or whoever did has done nothing about it."""
    row = _open(about)
    if row is not None and not _held_back(desk, row.person_id, standing.COMES_BACK, about):
        standing.come_back(desk, row)


@duty(
    facts=(
        WindowKept,
        MessageRead,
        HeardWithoutCard,
        HeardThrough,
        ChallengeAnswered,
        QuestionAnswered,
        GroupCounted,
    ),
    since="beginning",
    lag_limit_ms=5_000,
)
def end_silence_heard(desk: Desk, *, seq: Seq, fact: Heard) -> None:
    """They were heard, whatever they said: what it means is for the watch, which tells only who may know."""
    rows = Silence.objects.filter(person_id__in=whom(fact), ended_ms=None).select_related("window")
    for row in rows.order_by("pk"):
        if (fact.told or desk.now) >= row.window.opens_ms:
            standing.end(desk, row, SilenceEnd.HEARD)


def _begin(desk: Desk, window: int) -> None:
    row = (
        Window.objects.filter(pk=window, state=WindowState.MISSED, silence=None)
        .exclude(miss__cause__in=HARMLESS)
        .first()
    )
    if row is None or _heard_since(row):
        return
    if (area := area_of(desk, PersonId(row.person_id))) is not None:
        look_soon(desk, area)
    if not _held_back(desk, row.person_id, standing.BEGINS, window):
        standing.begin(desk, row)


def _heard_since(window: Window) -> bool:
    """Or seen: an earlier silence of theirs was ended so after the window closed."""
    later = Window.objects.filter(person_id=window.person_id, heard_ms__gte=window.closes_ms)
    seen = Silence.objects.filter(person_id=window.person_id, why__in=SEEN, ended_ms__gte=window.closes_ms)
    return bool(later.exists() or seen.exists() or heard_since({window.person_id: window.opens_ms}))


def _held_back(desk: Desk, person: int, kind: str, about: int) -> bool:
    """Whether it must wait; then it stands on the list again."""
    until = Instant(desk.now + LOOK_AGAIN_MS) if hearing.is_deaf() else held_until(desk, PersonId(person))
    if until is None:
        return False
    due_list.put(kind, key=f"{kind}:{about}", about=about, due=until)
    due_list.again(f"{kind}:{about}", due=until)
    return True


def _open(window: int) -> Silence | None:
    return Silence.objects.filter(pk=window, ended_ms=None).select_related("window").first()
