"""What an officer does about a warning, and how the log page answers."""

import re
import time

import pytest
from processes import House, copy_of

from stories.visiting import Visitor, row, sign_in

CHANGES_EACH_TIME = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|data-(?:now|until)="\d+"|datetime="[^"]+"|\b\d\d:\d\d\b|\d\d:\d\d(?=</time>)'
    r"|m_[0-9a-z]{13}"  # a message's id is drawn by lot
)


@pytest.fixture(scope="module")
def haneul(duress):
    """Signed in once for the stories that need no browser."""
    with Visitor(duress, "Haneul") as visitor:
        yield visitor


@pytest.fixture(scope="module")
def calm(founded, tmp_path_factory):
    """A fresh world; the two stories about it follow one another in this order."""
    with House("demo", home=copy_of(founded.home, tmp_path_factory.mktemp("calm") / "home")) as house:
        yield house.wait()


def test_a_warning_is_taken_and_the_subject_told_in_a_browser(duress, screen):
    sign_in(screen, duress, "Haneul")
    row(screen, "Yeoul").get_by_role("button", name="I’ll take it").click()
    row(screen, "Yeoul").locator(".owner", has_text="Haneul").wait_for()
    row(screen, "Yeoul").locator(".who a").click()
    screen.wait_for_url("**/watch/w_*/")
    assert screen.get_by_role("heading", name="You own this").is_visible()
    screen.get_by_label("relay: Haebaragi").check()
    screen.get_by_label("confirmed", exact=True).check()
    screen.get_by_role("button", name="Record").click()
    screen.get_by_text("Warned, and confirmed").wait_for()
    told = duress.warning_about("Yeoul")
    assert (told["state"], told["owner"]) == ("warned", "Haneul")
    kinds = [fact["kind"] for fact in duress.ask("chronicle")]
    assert kinds.index("watch.warning_taken") < kinds.index("watch.subject_told")


def test_a_red_is_taken_with_two_keys_and_told_with_three_and_one_stays_on_the_board(duress, screen, capsys):
    """Operations 4 and 5 (docs/reference/operations.md): two seconds and five, with the network's own delay."""
    sign_in(screen, duress, "Haneul", language="ko")
    screen.locator("body[data-stream=open]").wait_for()
    others = ("여울", "노을", "소나기", "해바라기")
    free = screen.locator(".warning:has(.owner form) .who a")
    name = next(each for each in reversed(free.all_inner_texts()) if each not in others)
    chosen, at = row(screen, name), screen.locator(".warning .who a").all_inner_texts().index(name)
    screen.locator(".warning .who a").nth(at - 1).focus()

    began = time.monotonic()
    for key in ("KeyJ", "KeyO"):
        screen.keyboard.press(key)
    chosen.locator(".owner form").wait_for(state="detached")
    taken_s, began = time.monotonic() - began, time.monotonic()
    for key in ("KeyW", "Digit2", "KeyS"):
        screen.keyboard.press(key)
    chosen.locator(".owner .state").wait_for()
    told_s = time.monotonic() - began

    assert screen.url.endswith("/now/") and not screen.locator("details.work[open]").count()
    assert screen.evaluate("document.activeElement.textContent") == name, "and goes on from the same row"
    told = next(each for each in duress.board()["warnings"] if each["subject"] == chosen.get_attribute("data-subject"))
    assert (told["state"], told["owner"]) == ("owned", "Haneul")
    with capsys.disabled():
        print(f"\ntaken J O {taken_s:.2f} s, told W 2 S {told_s:.2f} s")


def test_a_form_that_is_open_on_a_row_outlives_what_the_stream_brings(duress, screen):
    sign_in(screen, duress, "Haneul")
    screen.locator("body[data-stream=open]").wait_for()
    noeul = row(screen, "Noeul")
    noeul.locator(".who a").focus()
    screen.keyboard.press("KeyW")
    screen.keyboard.press("Digit3")
    with screen.expect_response("**/now/_part/board/"):
        screen.evaluate("htmx.trigger(document.body, 'board')")
    screen.wait_for_timeout(300)
    assert noeul.locator("details[open] input[value=neighbour]").is_checked()
    screen.keyboard.press("Escape")
    assert not screen.locator("details.work[open]").count()
    assert screen.evaluate("document.activeElement.textContent") == "Noeul"


def test_where_a_sign_of_duress_stands_one_officer_closes_nothing(duress, haneul):
    page = haneul.page_of("Noeul")
    assert "two officers close it, one of them safety" in haneul.read(page)
    answer = haneul.send(page + "close/", reason="wrong_signal", seen="0")
    assert answer.status_code == 409
    assert "A sign of duress stands. Two officers close it." in answer.text
    assert duress.warning_about("Noeul")["state"] == "open"


def test_who_has_seen_a_warning_need_not_own_it(duress, haneul):
    page = haneul.page_of("Sonagi")
    assert "I have seen it" in haneul.read(page)
    haneul.send(page + "acknowledge/")
    seen = haneul.read(page)
    assert "Haneul has seen it" in seen and "I have seen it" not in seen
    assert duress.warning_about("Sonagi")["owner"] is None


def test_a_warning_that_somebody_owns_is_not_taken_from_them(duress, haneul):
    with Visitor(duress, "Dasom") as dasom:
        page = haneul.page_of("Haebaragi")
        haneul.send(page + "take/")
        dasom.read(page)
        assert dasom.send(page + "take/").status_code == 409
    assert duress.warning_about("Haebaragi")["owner"] == "Haneul"


def test_the_log_page_answers_duress_as_it_answers_well(founded, calm, tmp_path):
    """Two worlds that differ in nothing hear the same row, once well and once under duress."""
    with House("demo", home=copy_of(founded.home, tmp_path / "other")) as other:
        other.wait()
        well, forced = calm.say("Beodeul", "well"), other.say("Beodeul", "duress")
        assert well["text"] != forced["text"]
        with Visitor(calm, "Haneul") as eased, Visitor(other, "Haneul") as alarmed:
            before = [eased.read("/log/"), alarmed.read("/log/")]
            at_once = [eased.send("/log/", line=f"Beodeul {well['text']}")]
            at_once += [alarmed.send("/log/", line=f"Beodeul {forced['text']}")]
            other.warning_about("Yeoul")
            later = [eased.read("/log/"), alarmed.read("/log/")]
    first, second = at_once
    assert "Noted." in first.text and first.history[0].status_code == second.history[0].status_code
    assert [told(each) for each in first.history] == [told(each) for each in second.history]
    assert told(first) == told(second)
    for pages in (before, [each.text for each in at_once], later):
        assert settled(pages[0]) == settled(pages[1])


def test_a_warning_without_duress_is_closed_with_a_reason(calm):
    with Visitor(calm, "Haneul") as haneul:
        haneul.read("/log/")
        seen = {"report": "taken_away", "reliability": "good", "credibility": "confirmed"}
        assert "Noted." in haneul.send("/log/report/", about="Beodeul", source="Galmae-3", since="", **seen).text
        assert calm.warning_about("Yeoul")["owner"] is None
        page = haneul.page_of("Yeoul")
        haneul.read(page)
        assert haneul.send(page + "close/", reason="", seen=haneul.seen(page)).status_code == 422
        assert haneul.send(page + "close/", reason="other_cause", seen=haneul.seen(page)).status_code == 200
        assert "Closed: another cause was found" in haneul.read(page)
    assert "Yeoul" not in {each["code_name"] for each in calm.board()["warnings"]}


def told(answer) -> list[tuple[str, str]]:
    """What an answer says before its page, without the hour and the cookie's value; the policy's words in any order."""
    said = [(name, value) for name, value in answer.headers.items() if name not in ("date", "set-cookie")]
    return [(name, " ".join(sorted(value.replace(";", "").split()))) for name, value in said]


def settled(page: str) -> str:
    """The page without what differs from second to second."""
    return CHANGES_EACH_TIME.sub("", page)
