"""By voice: the desk's words by the next unused line, a line asked for, the price asked for again. Nobody is told a result."""

import re

import pytest
from django.test import Client
from world import FALSE, NOW, OWN, duress, night, night_kept, told

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Card, Challenge, LateRow
from ojakgyo.apps.cards.voice import acts
from ojakgyo.apps.cards.voice.queries import answers_now, to_ask_again
from ojakgyo.apps.chronicle.acts import record, writing
from ojakgyo.apps.contact.actions import agree_window, type_message
from ojakgyo.apps.contact.answering.by_voice import answer_challenge
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.domain.cards import codebook, encode
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import (
    AnswersShown,
    AskedAgain,
    ChallengeAnswered,
    ChallengeAsked,
    DeskWord,
    Meaning,
    MessageRead,
    ReadingResult,
    RowSpoken,
)
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import HOUR_MS, MINUTE_MS, Instant
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]
CHANCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, night, officer: str, language: str = "en") -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.night = night
        self.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
        self.post("/language/", {"language": language})

    def address(self, about: str, rest: str = "") -> str:
        return f"/calls/{ids.text('p', self.night.person(about))}/{rest}"

    def looks(self, about: str) -> str:
        return self.get(self.address(about)).content.decode()

    def does(self, about: str, what: str, **typed: str) -> str:
        return self.post(self.address(about, what), typed).content.decode()


@pytest.fixture
def in_window(night):
    """Beodeul may be called for another hour."""
    agree_window(
        night.desk("Haneul"),
        person=night.person("Beodeul"),
        opens=Instant(NOW - MINUTE_MS),
        closes=Instant(NOW + HOUR_MS),
        grace_ms=72 * HOUR_MS,
    )
    return night


def card(night, who="Beodeul") -> Card:
    return Card.objects.get(pk=night.ids.cards[who])


def rows(night, count=3, who="Beodeul"):
    return stock.rows_of(keyholder.ring().state_key(), card(night, who), count)


def types(night, words, who="Beodeul"):
    type_message(night.desk("Haneul"), person=night.person(who), words=words)
    night.goes_on(minutes=1)


def test_the_desk_answers_by_the_next_unused_row_and_once_a_line_was_read_by_the_one_after_it(night):
    (here, row), (after, below), *_ = rows(night)
    shown = answers_now(night.desk("Haneul"), night.person("Beodeul"))
    assert (shown.now.row, shown.after.row) == (here, after)
    assert [each.digits for each in shown.now.said] == [row.answer(word) for word in codebook.WORDS]
    assert [each.digits for each in shown.after.said] == [below.answer(word) for word in codebook.WORDS]
    night.hears("Beodeul")
    assert answers_now(night.desk("Haneul"), night.person("Beodeul")).now == shown.after


def test_each_answer_is_read_out_in_the_military_count_and_in_chinese(night):
    shown = answers_now(night.desk("Haneul"), night.person("Beodeul"))
    korean = ["공", "하나", "둘", "삼", "넷", "오", "여섯", "칠", "팔", "아홉"]
    for each in (*shown.now.said, *shown.after.said):
        assert each.ko.split() == [korean[int(digit)] for digit in each.digits]
        assert each.zh.split() == ["零幺二三四五六七八九"[int(digit)] for digit in each.digits]


def test_that_an_officer_has_seen_the_answers_is_recorded_and_uses_nothing_up(night):
    acts.show_answers(night.desk("Haneul"), person=night.person("Beodeul"))
    assert told(AnswersShown)[-1].row == card(night).row == 0


def test_without_the_cells_key_nothing_is_said_and_nothing_asked(night):
    """Dasom is safety, without the key to N-2."""
    dasom, person = night.desk("Dasom"), night.person("Beodeul")
    for act in (
        lambda: acts.show_answers(dasom, person=person),
        lambda: acts.speak_first(dasom, person=person, word=DeskWord.NOTED),
        lambda: acts.ask_challenge(dasom, person=person),
        lambda: answer_challenge(dasom, person=person, words="123456"),
        lambda: acts.ask_again(dasom, person=person),
    ):
        with pytest.raises(NotHeld):
            act()
    assert card(night).row == 0 and not Challenge.objects.exists()


def test_a_word_the_desk_says_uses_its_row_up_and_what_was_sent_by_it_still_arrives(night):
    (_, row), *_ = rows(night)
    spoken = acts.speak_first(night.desk("Haneul"), person=night.person("Beodeul"), word=DeskWord.LIE_LOW)
    assert spoken.digits == row.answer(DeskWord.LIE_LOW)
    assert told(RowSpoken)[-1].word is DeskWord.LIE_LOW and told(RowSpoken)[-1].row == 0
    assert card(night).row == 1
    types(night, encode.text(row, own_number=OWN, meaning=Meaning.WELL))
    assert read(night) == ReadingResult.OK


def test_a_word_said_after_a_line_was_read_leaves_that_line_to_be_logged(night):
    (_, row), (after, below), *_ = rows(night)
    spoken = acts.speak_first(night.desk("Haneul"), person=night.person("Beodeul"), word=DeskWord.NOTED, row=after)
    assert spoken.digits == below.answer(DeskWord.NOTED)
    assert card(night).row == 2 and set(LateRow.objects.values_list("row", flat=True)) == {0, 1}
    types(night, encode.text(row, own_number=OWN, meaning=Meaning.WELL))
    assert read(night) == ReadingResult.OK


def test_a_row_is_said_once(night):
    haneul, person = night.desk("Haneul"), night.person("Beodeul")
    acts.speak_first(haneul, person=person, word=DeskWord.NOTED, row=0)
    for row in (0, 3, 40):
        with pytest.raises(Refused, match=r"cards\.answer_over"):
            acts.speak_first(haneul, person=person, word=DeskWord.NOTED, row=row)


def test_a_paper_that_is_used_up_has_no_answer_left(night):
    stock.touch(card(night).pk, row=codebook.ROWS)
    with pytest.raises(Refused, match=r"cards\.no_answer_left"):
        acts.show_answers(night.desk("Haneul"), person=night.person("Beodeul"))
    with pytest.raises(Refused, match=r"cards\.no_answer_left"):
        acts.ask_challenge(night.desk("Haneul"), person=night.person("Beodeul"))


@pytest.mark.parametrize(("left", "lines"), [(1, {1}), (2, {2}), (3, {2, 3}), (12, {2, 3})])
def test_only_lines_that_stand_on_the_paper_are_asked_for_and_none_the_desk_proves_itself_by(night, left, lines):
    """Of the last row alone that one is both, and the page says so."""
    stock.touch(card(night).pk, row=codebook.ROWS - left)
    asked = [acts.ask_challenge(night.desk("Haneul"), person=night.person("Beodeul")).line for _ in range(12)]
    assert set(asked) <= lines


def asks(night):
    """The question that was put, and the row that answers it."""
    asked = acts.ask_challenge(night.desk("Haneul"), person=night.person("Beodeul"))
    row = dict(rows(night))[told(ChallengeAsked)[-1].row]
    return asked, row


def answers(night, row, digit, own=OWN):
    heard = row.looked_up((*own.digits, digit))
    answer_challenge(night.desk("Haneul"), person=night.person("Beodeul"), words=heard)
    night.settle()


def read(night):
    from ojakgyo.domain.facts import MessageRead

    return told(MessageRead)[-1].result


def test_the_question_names_a_line_under_the_top_one_by_which_the_desk_proves_itself(night):
    (_, top), *_ = rows(night)
    asked, row = asks(night)
    assert asked.line == told(ChallengeAsked)[-1].row + 1 in (2, 3)
    assert row is not top and asked.proof.digits == top.answer(DeskWord.NOTED)
    assert asked.until == night.now + 10 * MINUTE_MS


@pytest.mark.parametrize(("own", "result"), [(OWN, ReadingResult.OK), (FALSE, ReadingResult.DURESS)])
def test_an_answer_is_read_uses_its_line_up_and_ends_the_question(night, own, result):
    asked, row = asks(night)
    answers(night, row, asked.digit, own)
    assert told(ChallengeAnswered)[-1].result is result
    assert card(night).row == asked.line and not Challenge.objects.exists()
    with pytest.raises(Refused, match=r"cards\.no_challenge"):
        answers(night, row, asked.digit, own)


def test_the_right_number_in_the_right_line_under_another_digit_is_no_right_answer(night):
    asked, row = asks(night)
    answers(night, row, (asked.digit + 1) % 10)
    assert told(ChallengeAnswered)[-1].result is not ReadingResult.OK


def test_after_ten_minutes_nothing_is_open(night):
    asked, row = asks(night)
    night.goes_on(minutes=10)
    with pytest.raises(Refused, match=r"cards\.no_challenge"):
        answers(night, row, asked.digit)


@pytest.mark.parametrize("words", ["000000", "weather fine"])
def test_what_could_not_be_read_is_asked_for_again_once(night, words):
    person = night.person("Beodeul")
    types(night, words)
    assert acts.ask_again(night.desk("Haneul"), person=person) == told(AskedAgain)[-1].message
    types(night, f"{words} 0")
    with pytest.raises(Refused, match=r"cards\.asked_already"):
        acts.ask_again(night.desk("Haneul"), person=person)
    night.hears("Beodeul")
    types(night, f"{words} 1")
    assert to_ask_again(person) is not None


def test_under_duress_as_after_well_the_price_may_be_asked_for_anew_and_never_where_the_desk_is_behind(night):
    person = night.person("Beodeul")
    for what in (Meaning.WELL, duress):
        types(night, "000000" if what is duress else "111111")
        acts.ask_again(night.desk("Haneul"), person=person)
        night.hears("Beodeul", what)
        types(night, "000000 2" if what is duress else "111111 2")
        assert to_ask_again(person) is not None
        night.hears("Beodeul", what)
    types(night, "222222")
    stock.touch(card(night).pk, resync_ms=night.now)
    assert to_ask_again(person) is None


@pytest.mark.parametrize("texts", [13, 120])
def test_what_was_asked_once_is_asked_no_second_time_however_many_texts_come(night, texts):
    person, about = night.person("Beodeul"), card(night).pk
    types(night, "000000")
    acts.ask_again(night.desk("Haneul"), person=person)
    with writing("many"):
        for place in range(texts):
            which = {"message": 10_000 + place, "person": person, "card": about, "told": night.now}
            nothing = dict.fromkeys(("line", "row", "meaning", "window"))
            record(night.desk("Haneul"), MessageRead(result=ReadingResult.GARBLED, **which, **nothing))
    assert to_ask_again(person) is None
    with pytest.raises(Refused, match=r"cards\.asked_already"):
        acts.ask_again(night.desk("Haneul"), person=person)


@pytest.mark.parametrize("own", [OWN, FALSE])
def test_a_row_answered_by_voice_lets_the_price_be_asked_for_again_right_or_not(night, own):
    """The answer uses a row, whatever it says."""
    person = night.person("Beodeul")
    types(night, "000000")
    acts.ask_again(night.desk("Haneul"), person=person)
    asked, row = asks(night)
    answers(night, row, asked.digit, own=own)
    assert to_ask_again(person) is None
    types(night, "111111")
    assert to_ask_again(person) is not None


@pytest.mark.parametrize("what", [Meaning.WELL, duress])
def test_after_what_could_be_read_nothing_is_asked_again(night, what):
    assert to_ask_again(night.person("Beodeul")) is None
    types(night, "000000")
    night.hears("Beodeul", what)
    assert to_ask_again(night.person("Beodeul")) is None


# The page of a call ----------------------------------------------------------------------------------------------------


def test_the_page_shows_no_digit_of_a_card_before_it_is_asked_and_once_after(in_window):
    haneul = Visitor(in_window, "Haneul")
    (_, row), *_ = rows(in_window)
    digits = [f">{row.answer(word)}<" for word in codebook.WORDS]
    before = haneul.looks("Beodeul")
    assert "Show the answers" in before and not [each for each in digits if each in before]
    shown = haneul.does("Beodeul", "answers/")
    assert all(each in shown for each in digits)
    assert not [each for each in digits if each in haneul.looks("Beodeul")]


def test_the_word_that_was_said_is_noted_and_a_second_press_is_told(in_window):
    haneul = Visitor(in_window, "Haneul")
    assert "They tear that row off." in haneul.does("Beodeul", "said/", said="noted-0")
    assert "is used up already" in haneul.does("Beodeul", "said/", said="noted-0")
    assert haneul.post(haneul.address("Beodeul", "said/"), {"said": "come-0"}).status_code == 409
    assert card(in_window).row == 1


def test_script_words_and_question_are_said_in_korean_and_chinese(in_window):
    for language in ("en", "ko"):
        page = Visitor(in_window, "Haneul", language).looks("Beodeul")
        assert "最上面那一行多少钱？" in page
    asked = Visitor(in_window, "Haneul").does("Beodeul", "challenge/")
    assert "밑의 것은 몇 전이오?" in asked and "下面的多少钱？" in asked
    assert re.search(r"row from the top, under \d", asked) and "It stands in the top row" in asked


@pytest.mark.parametrize("officer", ["Haneul", "Boram"])
@pytest.mark.parametrize("said", [None, Meaning.WELL, duress])
def test_whoever_is_called_answers_and_asks_by_voice_and_finds_neither_number_nor_clock(night, officer, said):
    """Whatever "may I call?" says: no window, other hands, ask a safety officer first."""
    if said is not None:
        night.hears("Beodeul", said)
    visitor, row = Visitor(night, officer), card(night).row
    page = visitor.looks("Beodeul")
    assert "If they call you" in page and "Script for 60 seconds" not in page
    assert "data-talk" not in page and "/number/" not in page
    assert "before they read a row" in visitor.does("Beodeul", "answers/")
    assert "Count from the top row on." in visitor.does("Beodeul", "challenge/")
    assert "They tear that row off." in visitor.does("Beodeul", "said/", said=f"noted-{row}")
    assert card(night).row == row + 1 and told(AnswersShown) and told(ChallengeAsked)


def test_who_has_no_card_is_told_nothing_by_voice_outside_the_window(night):
    page = Visitor(night, "Haneul").looks("Noeul")
    assert "If they call you" not in page and "/answers/" not in page and "/challenge/" not in page


def test_who_has_a_row_is_told_no_market_for_the_row_they_read_says_it(in_window):
    """The paper's row prints the next contact; the desk's plan may say another."""
    haneul = Visitor(in_window, "Haneul")
    assert "The row they read says when the next market is." in haneul.looks("Beodeul")
    assert "下次赶集" not in haneul.looks("Beodeul")
    stock.touch(card(in_window).pk, row=codebook.ROWS)
    assert "下次赶集" in haneul.looks("Beodeul") and "The row they read" not in haneul.looks("Beodeul")


@pytest.mark.parametrize("officer", ["Haneul", "Boram"])
def test_after_an_answer_by_voice_the_page_is_the_same_whatever_was_heard(in_window, officer, database, night_kept):
    """The answer to the question is made without looking at what was heard."""
    seen = []
    for own in (OWN, FALSE):
        visitor = Visitor(in_window, officer)
        asked, row = asks(in_window)
        heard = row.looked_up((*own.digits, asked.digit))
        seen.append(CHANCE.sub("", visitor.does("Beodeul", "challenge/answer/", heard=heard)))
    assert seen[0] == seen[1]
    assert "Noted." in seen[0]


def test_the_price_is_asked_for_again_on_the_page_once_after_a_text_nobody_could_read(in_window):
    haneul = Visitor(in_window, "Haneul")
    assert "could not be read" not in haneul.looks("Beodeul")
    types(in_window, "000000")
    assert "请再说一遍价钱。" in haneul.looks("Beodeul")
    assert "It is asked once." in haneul.does("Beodeul", "again/")
    assert "could not be read" not in haneul.looks("Beodeul")


def hears(visitor, heard, **also):
    """What is answered to what was typed, without what differs by chance and the digits themselves."""
    shown = CHANCE.sub("", visitor.does("Beodeul", "challenge/answer/", heard=heard, **also))
    return shown.replace(heard, "…")


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("48219", "5 digits: an answer has 6."),
        ("4", "1 digit: an answer has 6."),
        ("넷 팔 둘 하나 아홉", "5 digits: an answer has 6."),
        ("四八二一九三零", "7 digits: an answer has 6."),
        ("price fine", "0 digits: an answer has 6."),
    ],
)
def test_an_answer_of_another_length_is_asked_about_once_and_the_question_stays_open(in_window, heard, said):
    haneul = Visitor(in_window, "Haneul")
    asked, row = asks(in_window)
    answer = haneul.post(haneul.address("Beodeul", "challenge/answer/"), {"heard": heard})
    shown = answer.content.decode()
    assert answer.status_code == 422 and said in shown and "Log it all the same?" in shown and "Noted." not in shown
    assert f'name="asked" value="{heard}"' in shown and f'required value="{heard}"' in shown
    assert Challenge.objects.exists() and told(ChallengeAnswered) == []
    whole = haneul.does("Beodeul", "challenge/answer/", heard=row.looked_up((*OWN.digits, asked.digit)), asked=heard)
    assert "Noted." in whole and told(ChallengeAnswered)[-1].result is ReadingResult.OK


def test_an_answer_changed_after_it_was_asked_about_is_looked_at_anew(in_window):
    haneul = Visitor(in_window, "Haneul")
    asks(in_window)
    assert "4 digits" in haneul.does("Beodeul", "challenge/answer/", heard="4821", asked="48219")


def test_six_digits_alone_are_followed_by_a_row_torn_off(in_window):
    haneul, torn = Visitor(in_window, "Haneul"), "They tear off down to the row you asked for."
    asks(in_window)
    over = haneul.does("Beodeul", "challenge/answer/", heard="48219", asked="48219")
    assert "Noted." in over and torn not in over and "It was not six digits, and the question is over." in over
    assert len(told(ChallengeAnswered)) == 1 and not Challenge.objects.exists()
    asks(in_window)
    assert torn in haneul.does("Beodeul", "challenge/answer/", heard="넷 팔 둘 하나 아홉 삼")


def test_without_an_open_question_nothing_is_asked_about_an_answer(in_window):
    haneul = Visitor(in_window, "Haneul")
    answer = haneul.post(haneul.address("Beodeul", "challenge/answer/"), {"heard": "48219"})
    assert answer.status_code == 409 and "an answer has 6" not in answer.content.decode()


@pytest.mark.parametrize("officer", ["Haneul", "Boram"])
def test_of_an_answer_only_how_many_digits_were_heard_is_looked_at(in_window, officer):
    """The right one without its last digit, the one under duress without, and what is on no card."""
    visitor, (asked, row) = Visitor(in_window, officer), asks(in_window)
    fine, forced = (row.looked_up((*own.digits, asked.digit)) for own in (OWN, FALSE))
    doubted = [hears(visitor, heard[:5]) for heard in (fine, forced, "000000")]
    assert doubted[0] == doubted[1] == doubted[2] and "5 digits" in doubted[0]
    noted = []
    for heard in (fine + "0", forced + "0", "0000000"):
        asks(in_window)
        noted.append(hears(visitor, heard, asked=heard))
    assert noted[0] == noted[1] == noted[2] and "Noted." in noted[0]
