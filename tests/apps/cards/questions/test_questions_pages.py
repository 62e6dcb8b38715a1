"""The page of private questions: one question once, one answer for all answers, nothing without the key."""

import re

import pytest
from django.test import Client
from lxml import html
from world import told

from ojakgyo.apps.cards.models import Question
from ojakgyo.apps.cards.questions import sealing
from ojakgyo.apps.cards.questions.values import Asked
from ojakgyo.apps.contact.models import Window
from ojakgyo.apps.people import keys
from ojakgyo.domain.facts import QuestionAnswered, QuestionShown
from ojakgyo.domain.values import ids

WORDS = "What was the goat called?"


@pytest.fixture
def seated(night):
    def sit(officer="Haneul", language="en"):
        client = Client(headers={"host": "127.0.0.1"})
        client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
        client.post("/language/", {"language": language, "next": "/now/"})
        return client

    return sit


@pytest.fixture
def address(night):
    return lambda rest="", about="Beodeul": f"/cards/questions/{ids.text('p', night.person(about))}/{rest}"


def said(response):
    main = html.fromstring(response.content).xpath("//main")[0]
    return re.sub(r"\s+", " ", main.text_content())


def plain(response) -> str:
    """The whole page, but for what guards its forms, which differs each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", response.content.decode())


def test_the_page_says_for_whom_this_is_how_many_are_left_and_none_of_them(night, kept, seated, address):
    page = said(seated().get(address()))
    assert "2 private questions are left for Beodeul" in page
    assert "somebody who must carry nothing" in page
    assert "Agree a false answer" in page
    for word in ("Brownie", "갈색이", "Oak", WORDS, "big jar"):
        assert word not in page
    assert "No private question is left for Yeoul" in said(seated().get(address(about="Yeoul")))


def test_an_officer_keeps_one_puts_it_and_types_the_answer(night, seated, address):
    client = seated()
    kept = client.post(address("keep/"), {"words": WORDS, "answers": "Brownie\r\n 갈색이 \n"})
    assert kept["Location"] == address("?kept")
    page = html.fromstring(client.get(address()).content)
    (button,) = page.xpath("//form[contains(@action, '/put/')]/button")
    shown = client.post(address("put/"), {"question": button.get("value")})
    assert WORDS in said(shown)
    assert "Brownie" not in shown.content.decode()
    assert "goat" not in shown.content.decode().partition("</title>")[0]
    assert shown["Cache-Control"] == "no-store"
    again = client.post(address("put/"), {"question": button.get("value")})
    assert again.status_code == 409
    assert "No private question is left." in said(again)
    assert WORDS not in said(again)
    noted = client.post(address("answer/"), {"question": button.get("value"), "said": "갈색이"})
    assert noted["Location"] == address("?noted")
    assert [fact.result for fact in told(QuestionAnswered)] == ["ok"]
    assert len(told(QuestionShown)) == 1


def answers(night, client, address, question, answer) -> list[str]:
    """Everything the officer is sent from the moment the answer is typed on, before and after the watch has weighed it."""
    client.post(address("put/"), {"question": question})
    sent = client.post(address("answer/"), {"question": question, "said": answer})
    told_back = [str(sent.status_code), sent["Location"], str(sorted(sent.headers))]
    for _ in range(2):
        told_back += [plain(client.get(each)) for each in (sent["Location"], address(), "/cards/")]
        night.settle()
    return [*told_back, plain(client.get(f"/people/{ids.text('p', night.person('Beodeul'))}/"))]


@pytest.mark.parametrize(("officer", "language"), [("Haneul", "en"), ("Boram", "ko")])
def test_right_nearly_right_and_wrong_are_answered_with_the_very_same_bytes(
    night, kept, seated, address, officer, language
):
    """Haneul is safety, and sees the reason on the board; nowhere here. No window stands that the first would keep."""
    Window.objects.filter(person_id=night.person("Beodeul")).delete()
    client, told_back = seated(officer, language), []
    for answer in ("Brownie", "갈색니", "Blackie"):
        _as_if_never_put(night, kept[0])
        told_back.append(answers(night, client, address, kept[0], answer))
    assert [fact.result for fact in told(QuestionAnswered)] == ["ok", "slip", "duress"]
    assert told_back[0] == told_back[1] == told_back[2]
    assert "Noted." in told_back[0][3] or language == "ko"
    assert night.warned(), "else nothing had been weighed"


def _as_if_never_put(night, question):
    data = keys.open_key(night.desk("Haneul"), night.person("Beodeul"))
    asked = sealing.sealed(data, question, Asked(WORDS, ("Brownie", "갈색이")))
    Question.objects.filter(pk=question).update(asked=asked, shown_ms=None, result=None)


@pytest.mark.parametrize("officer", ["Narae", "Dasom"])
def test_without_the_key_no_address_says_or_does_anything(night, kept, seated, address, officer):
    seated().post(address("put/"), {"question": kept[0]})
    client, before = seated(officer), list(Question.objects.values())
    typed = {"words": "What?", "answers": "that", "question": kept[0], "said": "Brownie"}
    for rest in ("", "keep/", "put/", "remove/", "answer/"):
        for sent in (typed, {**typed, "question": kept[1]}, {}):
            for response in (client.get(address(rest)), client.post(address(rest), sent)):
                assert response.status_code in (403, 405, 409)
                assert "private question" not in response.content.decode()
    assert list(Question.objects.values()) == before


def test_a_get_changes_nothing(kept, seated, address):
    client = seated()
    assert [client.get(address(rest)).status_code for rest in ("keep/", "put/", "remove/", "answer/")] == [405] * 4


UNFIT = (
    {},
    {"words": "", "answers": "that"},
    {"words": "What?", "answers": ""},
    {"words": "…", "answers": "that"},
    {"words": "What?", "answers": "that\nx"},
    {"words": "What?", "answers": "\n".join(f"that {each}" for each in range(7))},
    {"words": "What?" * 100, "answers": "that"},
    {"words": "What?", "answers": "that" * 100},
    {"words": "What\x00?", "answers": "that"},
)


def test_a_question_that_will_not_do_comes_back_as_it_was_typed(seated, address):
    client = seated()
    for typed in UNFIT:
        refused = client.post(address("keep/"), typed)
        assert refused.status_code == 422
        assert "A question needs words" in said(refused)
        areas = html.fromstring(refused.content).xpath("//textarea")
        assert [each.get("name") for each in areas] == ["words", "answers"]
        assert areas[1].text_content().strip() == typed.get("answers", "").strip()
    assert Question.objects.count() == 0


def test_a_number_that_is_none_is_refused(kept, seated, address):
    client, before = seated(), list(Question.objects.values())
    for number in ("", "x", "-1", "0", "9" * 30, "1.5", "\x00"):
        for rest in ("put/", "remove/", "answer/"):
            refused = client.post(address(rest), {"question": number, "said": "Brownie"})
            assert refused.status_code in (409, 422)
    assert list(Question.objects.values()) == before


def test_a_blank_answer_is_a_finger_and_is_waited_for_again(kept, seated, address):
    client = seated()
    client.post(address("put/"), {"question": kept[0]})
    for blank in ("", "  ", "…", "x" * 201, "a\x00"):
        refused = client.post(address("answer/"), {"question": kept[0], "said": blank})
        assert refused.status_code == 422
        assert "An answer is waited for" in said(refused)
        assert "goat called?" not in said(refused)
    assert told(QuestionAnswered) == []
    assert client.post(address("answer/"), {"question": kept[0], "said": "Brownie"}).status_code == 302


def test_nobody_of_this_id_is_not_found(night, seated):
    client = seated()
    for written in ("p_0000000000001", "w_0000000000001", "Beodeul", "k_1"):
        assert client.get(f"/cards/questions/{written}/").status_code == 404
        for rest in ("keep", "put", "remove", "answer"):
            assert client.post(f"/cards/questions/{written}/{rest}/", {"question": "1"}).status_code == 404
