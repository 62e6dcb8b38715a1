"""Changes of a silence, inside the transaction of whoever has reason to: an officer, a sign of life, a row that fell due."""

from collections.abc import Collection
from typing import Final

from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.contact.models import Miss, Silence, Window
from ojakgyo.apps.contact.silences.queries import window_of
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import stages
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import SilenceEnd
from ojakgyo.domain.values.ids import OfficerId, PersonId
from ojakgyo.domain.values.instants import Instant

GROWS: Final = "contact.silence_grows"
COMES_BACK: Final = "contact.silence_comes_back"
BEGINS: Final = "contact.silence_begins"


def begin(desk: Desk, window: Window) -> None:
    """Somebody is to look after it. Who is silent already has one ladder, that of the first window missed."""
    if Silence.objects.filter(person_id=window.person_id, ended_ms=None).exists():
        return
    again = Instant(desk.now + stages.ANSWER_MS)
    row = Silence.objects.create(window=window, person_id=window.person_id, begun_ms=desk.now, again_ms=again)
    record(desk, facts.SilenceBegun(person=PersonId(row.person_id), window=row.pk))
    _await(row, again)
    _await_stage(desk, row)


def grow(desk: Desk, row: Silence) -> None:
    """It has lasted for another stage, which is to be taken anew, by the same officer or another."""
    stage, again = row.stage + 1, Instant(desk.now + stages.ANSWER_MS)
    Silence.objects.filter(pk=row.pk).update(stage=stage, officer=None, taken_ms=None, again_ms=again, asked=0)
    row.stage = stage
    record(desk, facts.SilenceGrown(person=PersonId(row.person_id), window=row.pk, stage=stage))
    _await(row, again)
    _await_stage(desk, row)


def take(desk: Desk, row: Silence, officer: OfficerId) -> None:
    """An officer looks after it; it comes back when nothing is done about it for long. Somebody has it: ``Refused``."""
    again = Instant(desk.now + stages.HELD_MS)
    free = Silence.objects.filter(pk=row.pk, ended_ms=None, officer=None)
    if not free.update(officer=officer, taken_ms=desk.now, again_ms=again):
        raise Refused("contact.silence_taken", person=row.person_id)
    person = PersonId(row.person_id)
    record(desk, facts.SilenceTaken(person=person, window=row.pk, stage=row.stage, officer=officer))
    _await(row, again)


def come_back(desk: Desk, row: Silence) -> None:
    """Nobody has it in hand, or whoever had it did nothing: the next is asked, and later again, more and more seldom."""
    asked = row.asked + 1
    again = Instant(desk.now + stages.asked_again_ms(asked))
    Silence.objects.filter(pk=row.pk).update(officer=None, taken_ms=None, again_ms=again, asked=asked)
    record(desk, facts.SilenceForgotten(person=PersonId(row.person_id), window=row.pk, stage=row.stage))
    _await(row, again)


def end(desk: Desk, row: Silence, why: SilenceEnd) -> None:
    """It is over, and said why."""
    Silence.objects.filter(pk=row.pk).update(ended_ms=desk.now, why=why)
    for key in (f"{COMES_BACK}:{row.pk}", f"{GROWS}:{row.pk}"):
        due.drop(key)
    record(desk, facts.SilenceEnded(person=PersonId(row.person_id), window=row.pk, why=why))


def _await(row: Silence, again: Instant) -> None:
    """One line on the list for each silence: it is moved, or put back where it was what brought us here."""
    _put(COMES_BACK, row, again)


def _await_stage(desk: Desk, row: Silence) -> None:
    """Not before a grace has passed: whatever held this stage back held the ones after it back too."""
    window = window_of(row.window)
    if row.stage < stages.LAST:
        _put(GROWS, row, Instant(max(stages.begins(window, row.stage + 1), desk.now + stages.step_ms(window))))


def _put(kind: str, row: Silence, at: Instant) -> None:
    due.put(kind, key=f"{kind}:{row.pk}", about=row.pk, due=at)
    due.again(f"{kind}:{row.pk}", due=at)


def forget(windows: Collection[int]) -> None:
    """Of windows that never were, as when a file is taken back: no silence follows, and nothing is learned from them."""
    for kind in (BEGINS, GROWS, COMES_BACK):
        due.drop_all(kind, about=windows)
    for kept in (Silence, Miss):
        kept.objects.filter(pk__in=windows).delete()
