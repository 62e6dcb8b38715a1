"""How sure a sign of life is: by the kind of contact alone, the same for well and under duress."""

import pytest

from ojakgyo.domain import facts
from ojakgyo.domain.checkins import sureness
from ojakgyo.domain.checkins.sureness import Sureness
from ojakgyo.domain.facts import Meaning, ReadingResult
from ojakgyo.domain.values.ids import CardId, MessageId, PersonId

THEY, OTHER = PersonId(1), PersonId(2)


def read(result, row=3):
    meaning = Meaning.WELL if result in sureness.USED_A_ROW else None
    return facts.MessageRead(
        message=MessageId(9),
        line=None,
        person=THEY,
        card=CardId(4),
        row=row,
        result=result,
        meaning=meaning,
        window=None,
    )


def test_a_code_that_used_a_row_is_as_sure_under_duress_as_in_freedom():
    assert {sureness.of(read(result)) for result in (ReadingResult.OK, ReadingResult.DURESS, ReadingResult.SLIP)} == {
        Sureness.A
    }


@pytest.mark.parametrize("result", list(ReadingResult))
def test_every_answer_to_a_private_question_is_as_sure_as_every_other(result):
    assert sureness.of(facts.QuestionAnswered(person=THEY, question=1, result=result, window=None)) is Sureness.B


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (read(ReadingResult.MALFORMED, None), Sureness.C),
        (read(ReadingResult.GARBLED, None), Sureness.C),
        (read(ReadingResult.REPLAY), None),
        (read(ReadingResult.TRIPWIRE), None),
        (read(ReadingResult.THROTTLED), None),
        (facts.HeardWithoutCard(person=THEY, window=None), Sureness.C),
        (facts.HeardThrough(person=THEY, through=OTHER, window=None), Sureness.D),
        (facts.GroupCounted(speaker=OTHER, heads=4, count=4), Sureness.B),
        (facts.GroupCounted(speaker=OTHER, heads=3, count=4), None),
        (facts.WindowKept(person=THEY, window=1), None),
    ],
)
def test_each_kind_of_contact_has_its_sureness(fact, expected):
    assert sureness.of(fact) is expected


def test_the_word_of_who_speaks_for_them_by_agreement_is_surer_than_anybody_elses():
    heard = facts.HeardThrough(person=THEY, through=OTHER, window=None)
    assert sureness.of(heard, spoken_for_by=OTHER) is Sureness.C
    assert [each.believed for each in Sureness] == [True, True, False, False]
