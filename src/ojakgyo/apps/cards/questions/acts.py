"""What is done with private questions. `judge` and `shred` are for an action of an app above, in one stroke."""

from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.cards.questions import sealing
from ojakgyo.apps.cards.questions.queries import ANSWER_MS, cell_held, open_question, questions_left
from ojakgyo.apps.cards.questions.values import Asked, Shown
from ojakgyo.apps.chronicle import due
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.people import keys
from ojakgyo.apps.people import queries as people
from ojakgyo.domain.cards import questions
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import QuestionKept, QuestionRemoved, QuestionShown, ReadingResult
from ojakgyo.domain.sealing.persons import DataKey
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant

FORGET = "cards.forget_question"


@action
def keep_question(desk: Desk, *, person: PersonId, asked: Asked) -> int:
    """Keep a question and its true answers, sealed for whoever holds the person's cell. One kept before: `Refused`."""
    cell = cell_held(desk, person)
    if people.named(person).forgotten:
        raise Refused("people.forgotten", person=person)
    if not questions.prepared(asked.words) or not asked.answers or not all(map(questions.will_do, asked.answers)):
        raise Refused("cards.question_unclear")
    data = keys.open_key(desk, person) or keys.draw_key(desk, person, cell)
    for row, blob in Question.objects.filter(person_id=person, known__isnull=False).values_list("pk", "known"):
        if sealing.is_of(data, row, blob, asked.words):
            raise Refused("cards.question_before", person=person)
    kept = Question.objects.create(person_id=person, kept_ms=desk.now)  # its number is bound into what is sealed
    _seal(data, kept.pk, asked, known=asked.words)
    record(desk, QuestionKept(person=person, question=kept.pk))
    return int(kept.pk)


@action
def remove_question(desk: Desk, *, person: PersonId, question: int) -> PersonId:
    """Take away one that has not been put."""
    cell_held(desk, person)
    _not_put(person, question)
    Question.objects.filter(pk=question).delete()
    record(desk, QuestionRemoved(person=person, question=question))
    return person


@action
def put_question(desk: Desk, *, person: PersonId, question: int) -> Shown:
    """Show a question, once, to be put at once. From here on it is nowhere: its answers alone wait for what is said.

    Another that was put before and never answered is waited for no more.
    """
    if not questions_left(desk, person):
        raise Refused("cards.questions_few", person=person)
    row = _not_put(person, question)
    data = _data_key(desk, person)
    asked = sealing.opened(data, row.pk, row.asked)
    open_question(desk, person).update(asked=None)
    _seal(data, row.pk, Asked("", asked.answers), known=asked.words, shown_ms=desk.now)
    due.put(FORGET, key=_key(row.pk), about=row.pk, due=Instant(desk.now + ANSWER_MS))
    record(desk, QuestionShown(person=person, question=row.pk))
    return Shown(row.pk, asked.words)


def judge(desk: Desk, *, person: PersonId, question: int, said: str) -> ReadingResult:
    """What an answer says, inside the caller's transaction; what was kept of the question is gone with it.

    Answered already, put too long ago, or never put: `Refused`.
    """
    cell_held(desk, person)
    row = open_question(desk, person).filter(pk=question).first()
    if row is None:
        raise _over(person, question)
    asked = sealing.opened(_data_key(desk, person), row.pk, row.asked)
    result = questions.judged(said, asked.answers)
    Question.objects.filter(pk=row.pk).update(asked=None, result=result)
    due.drop(_key(row.pk))
    return result


def shred(person: PersonId) -> None:
    """Nothing of anybody's questions is left, inside the caller's transaction. Which were put, and when, stays."""
    Question.objects.filter(person_id=person).update(asked=None, known=None)


def _seal(data: DataKey, question: int, asked: Asked, *, known: str, **also: int) -> None:
    sealed = {"asked": sealing.sealed(data, question, asked), "known": sealing.known(data, question, known)}
    Question.objects.filter(pk=question).update(**sealed, **also)


def _not_put(person: PersonId, question: int) -> Question:
    row = Question.objects.filter(pk=question, person_id=person, asked__isnull=False, shown_ms__isnull=True).first()
    if row is None:
        raise _over(person, question)
    return row


def _over(person: PersonId, question: int) -> Refused:
    known = Question.objects.filter(pk=question, person_id=person).exists()
    return Refused("cards.question_over" if known else "house.not_found", person=person)


def _data_key(desk: Desk, person: PersonId) -> DataKey:
    data = keys.open_key(desk, person)
    if data is None:
        raise NotHeld(person=person)
    return data


def _key(question: int) -> str:
    return f"{FORGET}:{question}"
