"""What somebody answered to a private question. It keeps their window, whatever it was: nothing outside tells it apart."""

from ojakgyo.apps.cards.questions.acts import judge
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.contact.waiting import keep_window
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import QuestionAnswered
from ojakgyo.domain.values.ids import PersonId


@action
def answer_question(desk: Desk, *, person: PersonId, question: int, said: str) -> int:
    """Note an answer. The question's number, and nothing of what the answer says."""
    result = judge(desk, person=person, question=question, said=said)
    window = keep_window(desk, person, desk.now)
    told = QuestionAnswered(person=person, question=question, result=result, window=window, told=desk.now)
    record(desk, told)
    return question
