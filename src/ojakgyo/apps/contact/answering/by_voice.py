"""What somebody answered to a line asked for by voice. It keeps their window, whatever it was: nothing tells it apart."""

from ojakgyo.apps.cards.voice.answering import judge
from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.contact.agreements import by_row
from ojakgyo.apps.contact.waiting import keep_window
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.ids import PersonId


@action
def answer_challenge(desk: Desk, *, person: PersonId, words: str) -> PersonId:
    """Note an answer; nothing of what it says is given back."""
    printed = judge(desk, person=person, words=words)
    keep_window(desk, person, desk.now)
    if printed is not None:
        by_row.agree(desk, person, printed, heard=desk.now)
    return person
