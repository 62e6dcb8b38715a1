"""Private questions: who may keep and put them, that each is put once, and what of them lies where afterwards."""

import pytest
from world import told

from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.cards.questions import acts, queries, sealing
from ojakgyo.apps.cards.questions.values import Asked
from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact.actions import agree_window
from ojakgyo.apps.contact.answering.acts import answer_question
from ojakgyo.apps.contact.forgetting import forget_person
from ojakgyo.apps.contact.models import Window, WindowState
from ojakgyo.apps.people import keys
from ojakgyo.apps.people.chores import rewrap_keys
from ojakgyo.apps.people.models import RealName
from ojakgyo.apps.people.redrawing import keep_redrawn, redrawn
from ojakgyo.apps.vault.actions.removal import ask_for_removal, remove_officer
from ojakgyo.apps.vault.actions.requests import approve_request, make_request
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts import (
    QuestionAnswered,
    QuestionKept,
    QuestionRemoved,
    QuestionShown,
    ReadingResult,
    RequestKind,
    WindowKept,
)
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS

RIGHT, NEARLY, WRONG = "brownie", "갈색니", "brownei"


def put(night, question, by="Haneul", about="Beodeul"):
    return acts.put_question(night.desk(by), person=night.person(about), question=question)


def answer(night, question, said, by="Haneul", about="Beodeul"):
    return answer_question(night.desk(by), person=night.person(about), question=question, said=said)


def page(night, by="Haneul"):
    return queries.questions_page(night.desk(by), person=night.person("Beodeul"))


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (RIGHT, ReadingResult.OK),
        ("갈색이", ReadingResult.OK),
        (NEARLY, ReadingResult.SLIP),
        (WRONG, ReadingResult.DURESS),
    ],
)
def test_a_question_is_put_once_and_its_answer_judged_once(night, kept, said, result):
    assert put(night, kept[0]).words == "What was the goat called?"
    assert answer(night, kept[0], said) == kept[0]
    assert [fact.result for fact in told(QuestionAnswered)] == [result]
    for again in (lambda: put(night, kept[0]), lambda: answer(night, kept[0], RIGHT)):
        with pytest.raises(Refused, match=r"cards\.question_over"):
            again()
    assert page(night).next == kept[1]
    assert [fact.question for fact in told(QuestionShown)] == [kept[0]]
    assert [fact.question for fact in told(QuestionKept)] == kept


@pytest.mark.parametrize("said", [RIGHT, NEARLY, WRONG])
def test_a_window_is_kept_whatever_the_answer_was(night, kept, said):
    window = agree_window(
        night.desk("Haneul"),
        person=night.person("Beodeul"),
        opens=night.now - HOUR_MS,
        closes=night.now + HOUR_MS,
        grace_ms=HOUR_MS,
    )
    put(night, kept[0])
    night.clock.at(night.now + MINUTE_MS)
    answer(night, kept[0], said)
    assert [fact.window for fact in told(QuestionAnswered)] == [window]
    assert [(fact.window, fact.told) for fact in told(WindowKept)] == [(window, night.now)]
    assert Window.objects.get(pk=window).state == WindowState.KEPT
    night.goes_on(hours=4)
    assert Window.objects.get(pk=window).state == WindowState.KEPT


@pytest.mark.parametrize(("said", "warned"), [(RIGHT, []), (WRONG, ["Yeoul"])])
def test_a_wrong_answer_is_duress_to_the_watch_and_a_right_one_is_not(night, kept, said, warned):
    put(night, kept[0])
    answer(night, kept[0], said)
    night.settle()
    assert night.warned() == warned


def test_an_answer_in_no_window_keeps_none(night, kept):
    Window.objects.filter(person_id=night.person("Beodeul")).delete()
    put(night, kept[0])
    answer(night, kept[0], WRONG)
    assert [fact.window for fact in told(QuestionAnswered)] == [None]


def test_once_put_its_words_are_nowhere_and_once_answered_its_answers_neither(night, kept):
    before = Question.objects.get(pk=kept[0]).asked
    put(night, kept[0])
    data = keys.open_key(night.desk("Haneul"), night.person("Beodeul"))
    left = Question.objects.get(pk=kept[0]).asked
    assert left != before
    assert sealing.opened(data, kept[0], left) == Asked("", ("Brownie", "갈색이"))
    answer(night, kept[0], RIGHT)
    assert Question.objects.get(pk=kept[0]).asked is None
    assert Question.objects.get(pk=kept[1]).asked is not None


def test_an_answer_is_waited_for_two_hours_and_then_nothing_is_left(night, kept):
    put(night, kept[0])
    night.goes_on(hours=1, minutes=59)
    assert page(night).open == kept[0]
    night.goes_on(minutes=1)
    assert page(night).open is None
    assert Question.objects.get(pk=kept[0]).asked is None
    with pytest.raises(Refused, match=r"cards\.question_over"):
        answer(night, kept[0], RIGHT)
    assert told(QuestionAnswered) == []


def test_of_two_that_were_put_the_later_is_waited_for(night, kept):
    put(night, kept[0])
    put(night, kept[1])
    assert page(night).open == kept[1]
    assert Question.objects.get(pk=kept[0]).asked is None
    with pytest.raises(Refused, match=r"cards\.question_over"):
        answer(night, kept[0], RIGHT)
    answer(night, kept[1], "grandfather oak")
    assert [fact.result for fact in told(QuestionAnswered)] == [ReadingResult.OK]


def test_none_can_be_answered_that_was_not_put(night, kept):
    with pytest.raises(Refused, match=r"cards\.question_over"):
        answer(night, kept[0], RIGHT)


def test_a_question_belongs_to_its_person(night, kept):
    about = "Haebaragi"
    with pytest.raises(Refused, match=r"cards\.questions_few"):
        put(night, kept[0], about=about)
    put(night, kept[0])
    with pytest.raises(Refused, match=r"house\.not_found"):
        answer(night, kept[0], RIGHT, about=about)
    with pytest.raises(Refused, match=r"house\.not_found"):
        acts.remove_question(night.desk("Haneul"), person=night.person(about), question=kept[0])


def test_one_that_was_not_put_is_taken_away_and_one_that_was_is_not(night, kept):
    person = night.person("Beodeul")
    acts.remove_question(night.desk("Boram"), person=person, question=kept[1])
    put(night, kept[0])
    with pytest.raises(Refused, match=r"cards\.question_over"):
        acts.remove_question(night.desk("Haneul"), person=person, question=kept[0])
    assert [fact.question for fact in told(QuestionRemoved)] == [kept[1]]
    assert queries.questions_left(night.desk("Haneul"), person) == 0
    with pytest.raises(Refused, match=r"cards\.questions_few"):
        put(night, kept[0])


@pytest.mark.parametrize("officer", ["Narae", "Dasom"])
def test_without_the_key_of_the_cell_nothing_is_kept_put_answered_or_counted(night, kept, officer):
    """Dasom is safety; neither holds N-2."""
    desk, person, before = night.desk(officer), night.person("Beodeul"), list(Question.objects.values())
    put(night, kept[0])
    before = list(Question.objects.values())
    for refused in (
        lambda: acts.keep_question(desk, person=person, asked=Asked("What?", ("that",))),
        lambda: acts.put_question(desk, person=person, question=kept[1]),
        lambda: acts.remove_question(desk, person=person, question=kept[1]),
        lambda: answer_question(desk, person=person, question=kept[0], said=RIGHT),
        lambda: queries.questions_page(desk, person=person),
        lambda: queries.questions_left(desk, person),
    ):
        with pytest.raises(NotHeld):
            refused()
    assert list(Question.objects.values()) == before


def test_with_the_keys_put_down_nothing_opens(night, kept):
    with pytest.raises(NotHeld):
        acts.put_question(night.keyless("Haneul"), person=night.person("Beodeul"), question=kept[0])
    assert told(QuestionShown) == []


@pytest.mark.parametrize(
    "asked", [Asked("", ("that",)), Asked("?!", ("that",)), Asked("What?", ()), Asked("What?", ("that", "x"))]
)
def test_a_question_needs_words_and_answers_of_two_signs(night, asked):
    with pytest.raises(Refused, match=r"cards\.question_unclear"):
        acts.keep_question(night.desk("Haneul"), person=night.person("Beodeul"), asked=asked)


@pytest.mark.parametrize("words", ["What was the goat called?", "  what was the GOAT called"])
def test_a_question_is_kept_once_in_a_lifetime_put_or_not_and_forgotten_with_its_person(night, kept, words):
    desk, person = night.desk("Haneul"), night.person("Beodeul")

    def again(about="Beodeul"):
        return acts.keep_question(desk, person=night.person(about), asked=Asked(words, ("another",)))

    for told_by_now in (lambda: None, lambda: put(night, kept[0]), lambda: answer(night, kept[0], RIGHT)):
        told_by_now()
        with pytest.raises(Refused, match=r"cards\.question_before"):
            again()
    assert again(about="Haebaragi"), "another may be asked the same"
    acts.remove_question(desk, person=person, question=kept[1])
    assert acts.keep_question(desk, person=person, asked=Asked("Who broke the big jar?", ("that",)))
    forget(night)
    assert not Question.objects.filter(person_id=person, known__isnull=False).exists()


def test_words_and_answers_lie_sealed_and_in_no_fact(night, kept):
    put(night, kept[0])
    answer(night, kept[0], "a goat nobody knew")
    bodies = b"".join(bytes(body) for body in Entry.objects.exclude(body=None).values_list("body", flat=True))
    blobs = b"".join(bytes(blob) for blob in Question.objects.exclude(asked=None).values_list("asked", flat=True))
    for word in ("goat", "Brownie", "갈색이", "jar", "Oak", "nobody knew"):
        assert word.encode() not in bodies + blobs
    assert "goat" not in repr(Asked("goat", ("goat",)))


def test_a_blob_moved_to_another_question_does_not_open(night, kept):
    Question.objects.filter(pk=kept[0]).update(asked=Question.objects.get(pk=kept[1]).asked)
    with pytest.raises(Damaged):
        put(night, kept[0])


def forget(night, about="Beodeul"):
    request = make_request(night.desk("Haneul"), kind=RequestKind.FORGET_PERSON, about=night.person(about))
    approve_request(night.desk("Narae"), request=request)
    return forget_person(night.desk("Haneul"), request=request, person=night.person(about))


def test_who_is_forgotten_has_no_questions_left_and_gets_none(night, kept):
    put(night, kept[0])
    assert forget(night)
    assert list(Question.objects.values_list("asked", flat=True)) == [None, None]
    shown = page(night)
    assert (shown.waiting, shown.open, shown.forgotten) == ((), None, True)
    with pytest.raises(Refused, match=r"cards\.question_over"):
        answer(night, kept[0], RIGHT)
    with pytest.raises(Refused, match=r"people\.forgotten"):
        acts.keep_question(night.desk("Haneul"), person=night.person("Beodeul"), asked=Asked("What?", ("that",)))


def test_forgetting_destroys_the_key_a_copied_question_would_need(night, kept):
    """As it lies in an older backup of the rows alone."""
    copied = Question.objects.get(pk=kept[0]).asked
    forget(night)
    Question.objects.filter(pk=kept[0]).update(asked=copied)
    with pytest.raises(NotHeld):
        put(night, kept[0])


def remove_narae(night):
    night.clock.at(night.now + HOUR_MS)
    request = ask_for_removal(night.desk("Haneul"), officer=night.officer("Narae"), chance_percent=50)
    approve_request(night.desk("Boram"), request=request)
    remove_officer(night.desk("Haneul"), request=request)


def test_new_data_keys_take_the_questions_along(night):
    """Narae held C-2 and may have kept its data keys. Nobody's name is kept here, questions alone."""
    person = night.person("Durumi")
    question = acts.keep_question(night.desk("Narae"), person=person, asked=Asked("What goat?", ("Brownie",)))
    old, before = keys.open_key(night.desk("Narae"), person), Question.objects.get().asked
    remove_narae(night)
    rewrap_keys(night.desk("Haneul"), night.ids.cells["C-2"])
    assert not RealName.objects.exists()
    assert sealing.opened(old, question, before).words == "What goat?", "the old key opens what it sealed"
    with pytest.raises(NotHeld):
        sealing.opened(old, question, Question.objects.get().asked)
    with pytest.raises(Refused, match=r"cards\.question_before"):
        acts.keep_question(night.desk("Haneul"), person=person, asked=Asked("What goat?", ("Brownie",)))
    assert put(night, question, about="Durumi").words == "What goat?"


def test_a_question_put_or_kept_while_new_data_keys_are_worked_out_is_not_lost(night, kept):
    people = [night.person("Beodeul")]
    for changed in (
        lambda: put(night, kept[0]),
        lambda: acts.keep_question(night.desk("Haneul"), person=people[0], asked=Asked("What?", ("that",))),
        lambda: acts.remove_question(night.desk("Haneul"), person=people[0], question=kept[1]),
    ):
        anew = redrawn(night.desk("Haneul"), people)
        changed()
        with pytest.raises(Refused, match=r"house\.busy"):
            keep_redrawn(night.desk("Haneul"), anew=anew)
    assert put(night, page(night).next).words == "What?"
