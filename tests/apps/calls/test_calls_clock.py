"""The talk clock in a browser: 60 seconds, a warning at 90, the end at 120; the desk hears of the seconds and nothing else."""

from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from apps.web import night
from django.test import RequestFactory
from django.utils import translation

from ojakgyo.apps.calls.values import Answer, Because, CallPage, Word
from ojakgyo.domain.values.instants import HOUR_MS
from ojakgyo.web import statics
from ojakgyo.web.rendering import page

CALL = "http://127.0.0.1:1/calls/p_0000000000005/"
OPEN = CallPage(
    person=5,
    code_name=night.YEOUL,
    answer=Answer(Word.YES, Because.WINDOW_OPEN, night.NOW + HOUR_MS),
    lines=(7,),
    has_card=True,
    following=night.NOW + 50 * HOUR_MS,
)


def drawn(shown=OPEN, language="en", **values):
    request = RequestFactory().get("/calls/")
    request.officer, request.duty, request.theme = night.SAFETY, (), "auto"
    request.desk = SimpleNamespace(now=night.NOW)
    with translation.override(language):
        return page(request, "calls/call.html", None, {"page": shown, **values}).content.decode()


@pytest.fixture
def call(screen):
    """The page of a call whose answer is yes, no server behind it; what it sends is kept in `sent`."""
    screen.sent = []

    def answer(route):
        request = route.request
        if request.method == "POST":
            screen.sent.append(request.url)
            return route.fulfill(status=204)
        if "/static/" in request.url:
            held = statics.held(request.url.partition("/static/")[2].partition("?")[0])
            return route.fulfill(body=held.body, content_type=held.type)
        return route.fulfill(body=drawn(), content_type="text/html; charset=utf-8")

    screen.route("**/*", answer)
    screen.add_init_script("delete window.AudioContext")  # no sound is to be had
    screen.clock.install()
    screen.goto(CALL)
    screen.locator(".talk").wait_for()
    return screen


def said(call):
    return call.locator(".said").inner_text()


def test_the_clock_starts_on_space_says_60_90_and_120_without_a_sound_and_ends_on_space(call):
    assert call.locator("[data-face]").inner_text() == "0:00"
    ways = call.locator('a[data-key="KeyL"]').evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert ways and {each.rpartition("/log/")[2] for each in ways} == {
        "?about=p_0000000000005"
    }  # L knows who is called
    call.keyboard.press("Space")
    for seconds, face, words in (
        (48, "0:48", ""),
        (12, "1:00", "60 seconds. End it."),
        (30, "1:30", "90 seconds. Say the last sentence."),
        (30, "2:00", "120 seconds. Hang up now."),
    ):
        call.clock.run_for(1_000 * seconds)
        assert (call.locator("[data-face]").inner_text(), said(call)) == (face, words)
    assert call.locator("#seconds").input_value() == ""
    call.keyboard.press("Space")
    assert call.locator("#seconds").input_value() == "120"
    call.clock.run_for(60_000)
    assert call.locator("[data-face]").inner_text() == "2:00"
    assert call.sent == []


@pytest.mark.parametrize(
    ("key", "outcome"),
    [("Digit1", "reached"), ("Digit2", "no_answer"), ("Digit3", "dead_line"), ("Numpad2", "no_answer")],
)
def test_one_key_ends_the_talk_and_sends_outcome_and_seconds(call, key, outcome):
    call.keyboard.press("Space")
    call.clock.run_for(38_000)
    with call.expect_request(lambda request: request.method == "POST") as asked:
        call.keyboard.press(key)
    sent = parse_qs(asked.value.post_data, keep_blank_values=True)
    assert asked.value.url == f"{CALL}outcome/"
    assert (sent["outcome"], sent["seconds"]) == ([outcome], ["38"])
    assert set(sent) <= {"csrfmiddlewaretoken", "outcome", "seconds", "line"}


def test_space_presses_what_has_the_focus_and_keys_rest_while_something_is_typed(call):
    call.locator("#seconds").focus()
    call.keyboard.press("Digit1")
    call.keyboard.press("Space")
    assert (call.sent, call.locator("#seconds").input_value()) == ([], "1")
    assert call.locator("[data-face]").inner_text() == "0:00"
    call.locator("button[value=no_answer]").focus()
    with call.expect_request(lambda request: request.method == "POST") as asked:
        call.keyboard.press("Space")
    assert parse_qs(asked.value.post_data)["outcome"] == ["no_answer"]
    assert call.locator("[data-face]").inner_text() == "0:00"


def test_without_the_script_the_clock_is_absent_and_the_seconds_are_typed():
    html = drawn()
    assert 'class="talk" data-talk hidden' in html
    assert 'type="number"' in html
    assert "May I ask a price?" in html


def test_a_page_that_says_no_offers_neither_number_nor_clock_nor_script_nor_keys():
    for because in (Because.OTHER_HANDS, Because.NO_KEY, Because.NO_PHONE):
        html = drawn(CallPage(person=5, code_name=night.YEOUL, answer=Answer(Word.NO, because)))
        main = html.partition("<main")[2].partition("</main>")[0]
        for absent in ("/number/", "data-talk", 'class="say"', 'data-key="Digit'):
            assert absent not in main
    assert "outcome" not in drawn(CallPage(person=5, code_name=night.YEOUL, answer=Answer(Word.NO, Because.NO_KEY)))
