"""How somebody stands with private questions, for who holds the key of their cell; never a question itself."""

from typing import Final

from django.db.models import QuerySet

from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.cards.questions.values import QuestionLine, QuestionsPage
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people import queries as people
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import HOUR_MS, Instant

ANSWER_MS: Final = 2 * HOUR_MS
"""So long an answer may be typed after its question was shown."""


def cell_held(desk: Desk, person: PersonId) -> CellId:
    """The cell of a person, whose key is held here. Nobody of this id: `Refused`; else, or in no cell: ``NotHeld``."""
    people.named(person)
    demand_cell(desk, person)
    return cells_of([person])[person]


def questions_left(desk: Desk, person: PersonId) -> int:
    """How many have not been put yet; for who holds the key of the cell."""
    cell_held(desk, person)
    return _waiting(person).count()


def questions_page(desk: Desk, *, person: PersonId) -> QuestionsPage:
    """For who holds the key of the person's cell: else ``NotHeld``."""
    cell_held(desk, person)
    put = open_question(desk, person).values_list("pk", "shown_ms").first()
    rows = _waiting(person).order_by("pk").values_list("pk", "kept_ms")
    return QuestionsPage(
        person=person,
        code_name=people.code_names(desk, [person])[person],
        waiting=tuple(QuestionLine(row, Instant(kept)) for row, kept in rows),
        open=put and put[0],
        since=put and Instant(put[1]),
        forgotten=people.named(person).forgotten,
    )


def open_question(desk: Desk, person: PersonId) -> QuerySet[Question]:
    """The one that was put, while its answer may still be typed."""
    return Question.objects.filter(
        person_id=person, asked__isnull=False, shown_ms__gt=desk.now - ANSWER_MS, result__isnull=True
    )


def _waiting(person: PersonId) -> QuerySet[Question]:
    return Question.objects.filter(person_id=person, asked__isnull=False, shown_ms__isnull=True)
