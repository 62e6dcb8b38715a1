"""What pages get of private questions: never one that waits, and once one that is to be put."""

from dataclasses import dataclass, field

from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its true answers, any of which is right. It prints nothing."""

    words: str = field(repr=False)
    answers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A question in the one moment in which it is shown."""

    question: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One that waits: when it was kept."""

    question: int
    kept: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage:
    """`waiting`: oldest first, the order in which they are put. `open`: the one whose answer is waited for, put at `since`."""

    person: PersonId
    code_name: CodeName
    waiting: tuple[QuestionLine, ...]
    open: int | None
    since: Instant | None
    forgotten: bool

    @property
    def next(self) -> int | None:
        return self.waiting[0].question if self.waiting else None
