"""Answers by voice, private questions, rows of ended cards: what the watch makes of them, and in which words."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from world import night, night_kept, told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import CardState
from ojakgyo.apps.chronicle.acts import record as keep
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch.models import Signal
from ojakgyo.apps.watch.phones import phones
from ojakgyo.apps.watch.queries import page
from ojakgyo.apps.watch.values import Sign, SignalLine, SignalSort, TimelineKind, TimelineLine
from ojakgyo.domain import facts
from ojakgyo.domain.facts import ReadingResult, SignalKind
from ojakgyo.domain.names import CodeName

__all__ = ["night", "night_kept"]


def answers(night, result, *, question=True, who="Beodeul"):
    person = night.person(who)
    with writing("test"):
        if question:
            fact = facts.QuestionAnswered(person=person, question=1, result=result, window=None, told=night.now)
        else:
            card = stock.present(person).pk
            fact = facts.ChallengeAnswered(person=person, card=card, row=0, result=result, told=night.now)
        keep(house_desk(), fact)
    night.settle()


@pytest.mark.parametrize("question", [True, False])
def test_a_wrong_answer_is_duress_and_raises_warnings(night, question):
    answers(night, ReadingResult.DURESS, question=question)
    kind = SignalKind.QUESTION if question else SignalKind.CHALLENGE
    assert Signal.objects.get(result=ReadingResult.DURESS).kind is kind
    assert "Yeoul" in night.warned()
    shown = page(night.desk("Haneul"), warning=night.id_of("Yeoul"))
    assert Sign.DURESS in shown.line.reason.why.signs
    assert TimelineKind.ANSWER_HEARD in {each.kind for each in shown.timeline}
    assert SignalSort(kind) in {each.sort for each in shown.evidence.lines}


def test_whose_answer_was_heard_is_no_longer_called_without_asking_whatever_it_was(night):
    """For who may not see what is read, "well" and duress are one."""
    Signal.objects.filter(person_id=night.person("Sonagi")).delete()
    for who in ("Sonagi",):
        answers(night, ReadingResult.OK, who=who)
    found = phones(night.desk("Boram"), [night.person("Sonagi")])
    assert night.person("Sonagi") in found.asked


def test_a_row_of_a_lost_card_is_said_as_such(night):
    text = night.arrives("Beodeul")  # written while the card was in use
    with writing("test"):
        stock.end(house_desk(), stock.present(night.person("Beodeul")), CardState.LOST)
    assert text.exists() and night.listen() == 1
    night.settle()
    assert told(facts.TripwireTouched)
    assert Signal.objects.filter(result=ReadingResult.TRIPWIRE).count() == 1
    if "Yeoul" in night.warned():
        assert Sign.ENDED_CARD in page(night.desk("Haneul"), warning=night.id_of("Yeoul")).line.reason.why.signs


@pytest.mark.parametrize(
    ("sort", "result", "words"),
    [
        ("question", "ok", "A private question answered rightly"),
        ("question", "slip", "A private question answered with one letter wrong"),
        ("question", "duress", "A private question answered wrongly, which says duress"),
        ("challenge", "ok", "A row asked for by voice, answered rightly"),
        ("challenge", "slip", "A row asked for by voice, answered with one digit wrong"),
        ("challenge", "duress", "A row asked for by voice, answered with a false own number: duress"),
        ("challenge", "garbled", "A row asked for by voice, answered with digits that do not fit"),
        ("reading", "duress", "A card row read as duress: with a false own number"),
        ("reading", "slip", "A card row with one digit wrong, most likely a keying error"),
        ("reading", "replay", "A card row came a second time, as if copied from the phone"),
        ("reading", "garbled", "Digits that fit no row of the card"),
        ("reading", "malformed", "A text without a code: fewer or more digits"),
        ("reading", "ok", "A right row of the card, and no word of danger"),
        ("reading", "tripwire", "A row of an ended card was used: somebody has the paper"),
        ("reading", "throttled", "After too many wrong texts: not relied on, right or not"),
        ("custody", None, "Reported captured by an officer; a quarantine began"),
    ],
)
def test_each_is_a_sentence_in_the_waterfall(sort, result, words):
    line = SignalLine(sort=SignalSort(sort), start_db=0.0, change_db=1.0, result=result and ReadingResult(result))
    with override("en"):
        assert words in render_to_string("watch/signal.html", {"signal": line, "line": None})


def test_who_asks_to_be_picked_up_is_said_to_ask_it():
    line = SignalLine(
        sort=SignalSort.READING, start_db=0.0, change_db=0.0, result=ReadingResult.OK, meaning=facts.Meaning.PICK_UP
    )
    with override("en"):
        assert "The card said: pick me up" in render_to_string("watch/signal.html", {"signal": line, "line": None})


@pytest.mark.parametrize(
    ("kind", "result", "words"),
    [
        ("reading_heard", "duress", "Duress heard from Beodeul"),
        ("reading_heard", "slip", "A text from Beodeul with one digit wrong"),
        ("reading_heard", "replay", "A row of Beodeul came a second time"),
        ("reading_heard", "throttled", "A text from Beodeul, not relied on after too many wrong ones"),
        ("reading_heard", "garbled", "A text from Beodeul that fits no row of the card"),
        ("reading_heard", "malformed", "A text from Beodeul that fits no row of the card"),
        ("reading_heard", "tripwire", "A row of an ended card of Beodeul was used"),
        ("answer_heard", "ok", "Beodeul answered rightly what the desk asked"),
        ("answer_heard", "slip", "Beodeul answered what the desk asked, with an error"),
        ("answer_heard", "duress", "Duress heard from Beodeul"),
    ],
)
def test_each_is_a_line_of_the_timeline(kind, result, words):
    line = TimelineLine(
        kind=TimelineKind(kind), at=0, person=CodeName.of("버들"), result=ReadingResult(result), meaning=None
    )
    with override("en"):
        assert words in " ".join(render_to_string("watch/happened.html", {"each": line}).split())
