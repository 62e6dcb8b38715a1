"""How a question lies: one blob under its person's data key, bound to its row; new data keys take it along."""

from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.cards.questions.values import Asked
from ojakgyo.apps.people.beside import BESIDE, Beside
from ojakgyo.apps.vault import seals
from ojakgyo.domain.sealing.envelope import Place
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.persons import DataKey


def place(question: int) -> Place:
    return seals.place(Table.QUESTION, question, Group.CONTENT)


def sealed(data: DataKey, question: int, asked: Asked) -> bytes:
    return seals.seal(data.key(), place(question), {"words": asked.words, "answers": list(asked.answers)})


def opened(data: DataKey, question: int, blob: bytes) -> Asked:
    fields = seals.unseal(data.key(), place(question), blob)
    return Asked(fields["words"], tuple(fields["answers"]))


BESIDE.append(Beside(Question, "asked", place))
