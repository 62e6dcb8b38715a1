"""How a question lies: one blob under its person's data key, bound to its row; new data keys take it along.

Beside it lies what it is known again by, which stays when the question is gone.
"""

import hashlib

from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.cards.questions.values import Asked
from ojakgyo.apps.people.beside import BESIDE, Beside
from ojakgyo.apps.vault import seals
from ojakgyo.domain.cards import questions
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


def known_place(question: int) -> Place:
    return seals.place(Table.QUESTION, question, Group.CONTENT, bound=("known",))


def digest(words: str) -> str:
    """Of a question as it is said, whatever its case, spacing and signs."""
    return hashlib.sha256(questions.prepared(words).encode()).hexdigest()


def known(data: DataKey, question: int, words: str) -> bytes:
    return seals.seal(data.key(), known_place(question), {"digest": digest(words)})


def is_of(data: DataKey, question: int, blob: bytes, words: str) -> bool:
    """Whether this is the question with these words."""
    return bool(seals.unseal(data.key(), known_place(question), blob)["digest"] == digest(words))


BESIDE += [Beside(Question, "asked", place), Beside(Question, "known", known_place)]
