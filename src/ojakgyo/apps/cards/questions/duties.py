"""Nobody typed an answer: what is left of a question that was put goes."""

from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.chronicle.duties import due_duty
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import MINUTE_MS, Instant


@due_duty("cards.forget_question", lag_limit_ms=10 * MINUTE_MS)
def forget_question(desk: Desk, *, about: int, due: Instant) -> None:
    """It is put never again; that nobody answered says nothing about anybody."""
    Question.objects.filter(pk=about, result=None).update(asked=None)
