"""The practice band: its buttons play the night, change who sits at the desk, and show what would have left."""

import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.pulse import pulse
from ojakgyo.apps.contact.listening import Spool, spool_folder
from ojakgyo.apps.vault.actions import tend_sessions
from ojakgyo.demo import commands, entering, officers, playing, story
from ojakgyo.demo.cast import NIGHT, Expectation, SmsEvent
from ojakgyo.demo.playing import STORY, Stage
from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.runner.house import Sink, house_desk
from ojakgyo.runner.loop import Loop
from ojakgyo.runner.sender import Sender

PAGES = ("/now/", "/log/", "/practice/sink/", "/practice/reset/", "/practice/real/")
DURESS = next(number for number, event in enumerate(NIGHT) if isinstance(event, SmsEvent) and event.duress)


@pytest.fixture
def stage(practice_world, monkeypatch):
    """The night before its first event; the house works its post whenever the story waits for it."""
    spool_folder().mkdir(parents=True, exist_ok=True)
    ticks = iter(range(1_000_000))
    loop = Loop(Spool(spool_folder(), house_desk, lambda: float(next(ticks))), house_desk, tend_sessions)
    monkeypatch.setattr(story, "settle", lambda: work_off(loop))
    monkeypatch.setitem(playing.STAGES, STORY, Stage(STORY))
    yield playing.on(STORY)
    playing.on(STORY).pause()
    (Path(settings.HOME) / f"{STORY}.played").unlink(missing_ok=True)


def work_off(loop):
    """Go round until nothing waits, the timers of each round included."""
    for _ in range(20):
        loop._timers_at = 0.0
        loop.go_round()
        if not any(spool_folder().iterdir()) and not inbox.is_behind(settings.CLOCK.now()):
            return


@pytest.fixture
def desk(stage):
    """A browser in which Haneul has signed in, in English."""
    browser = Client(headers={"host": "127.0.0.1"})
    browser.post("/enter/", {"code_name": "Haneul", "password": officers.password("Haneul")})
    browser.post("/language/", {"language": "en", "next": "/now/"})
    return browser


def tree(response):
    assert response.status_code == 200, response.status_code
    return html.fromstring(response.content.decode())


def text(response, of="//body"):
    return " ".join(" ".join(each.text_content() for each in tree(response).xpath(of)).split())


def guide(response):
    return text(response, "//*[contains(@class, 'guide')]")


def acts(response):
    return tree(response).xpath("//*[@class='bar']//form/@action")


def press(browser, act, **sent):
    return browser.post(f"/practice/{act}/", sent, headers={"referer": "http://127.0.0.1/now/"}, follow=True)


def play_to(browser, number):
    for _ in range(number):
        last = press(browser, "next")
    return last


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_carries_the_band_and_its_buttons(desk, language):
    desk.post("/language/", {"language": language, "next": "/now/"})
    for path in PAGES:
        shown = desk.get(path)
        assert "/practice/play/" in acts(shown) and "/practice/next/" in acts(shown), path
    assert "/practice/play/" in desk.get("/practice/_part/bar/").content.decode()


def test_nobody_who_is_not_signed_in_gets_the_buttons_or_their_pages(stage):
    stranger = Client(headers={"host": "127.0.0.1"})
    assert "/practice/" not in stranger.get("/enter/").content.decode()
    for path in PAGES:
        assert stranger.get(path)["Location"] == "/enter/"
    assert stranger.post("/practice/next/")["Location"] == "/enter/"
    assert stage.next == 0


def test_looking_at_a_button_presses_nothing(desk, stage):
    for act in ("play", "pause", "next", "guide", "be"):
        assert desk.get(f"/practice/{act}/").status_code == 405
    assert stage.next == 0


def test_another_story_is_chosen_before_one_has_begun(desk):
    chosen = "//form[@action='/practice/play/']//button/@value"
    assert tree(desk.get("/now/")).xpath(chosen) == ["night", "outage"]
    assert press(desk, "play", story="morning").status_code == 409
    (Path(settings.HOME) / "outage.played").write_text("[null, null]")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(playing.STAGES, "outage", Stage("outage"))
            shown = desk.get("/now/")
            assert tree(shown).xpath(chosen) == [] and "Play on" in text(shown)
            assert press(desk, "play", story="night").status_code == 409
    finally:
        (Path(settings.HOME) / "outage.played").unlink()


def test_before_the_night_the_guide_says_what_will_come(desk):
    assert guide(desk.get("/now/")).endswith("Press play.")


def test_next_event_moves_the_story_and_leads_to_its_page(desk, stage):
    shown = play_to(desk, 3)
    assert stage.next == 3
    assert shown.redirect_chain[-1][0] == "/now/#checkins"
    assert guide(shown) == "19:12 As expected: Beodeul stands among the late."
    desk.post("/language/", {"language": "ko", "next": "/now/"})
    assert "버들" in guide(desk.get("/now/")) and "Beodeul" not in guide(desk.get("/now/")), "the same event in Korean"


def test_a_restart_goes_on_where_the_night_was(desk, stage):
    play_to(desk, 3)
    again = Stage(STORY)
    assert again.next == 3 and again.score == stage.score
    assert again.score.of == 1


def test_the_whole_night_meets_what_is_expected_and_is_not_played_again(desk, stage):
    assert list(commands.begin({"story": STORY})) == [{"events": len(NIGHT), "next": 0}]
    play_to(desk, 3)
    assert [each["next"] for each in commands.begin({"story": STORY})] == [3], "it goes on where it was"
    with pytest.raises(Refused, match=r"demo\.played"):
        stage.play(0)

    shown = play_to(desk, len(NIGHT) - 3)

    expected = sum(isinstance(event, Expectation) for event in NIGHT)
    assert f"{expected} of {expected} expectations met" in text(shown)
    assert stage.is_over and "/practice/next/" not in acts(shown)
    assert press(desk, "next").status_code == 200  # nothing is left to play
    with pytest.raises(Refused, match=r"demo\.played"):
        list(commands.begin({"story": STORY}))
    assert "ojak demo --reset" in REGISTRY["demo.played"].advice
    assert "This world stays until you start ./ojak demo --reset." in guide(shown)
    assert "stays until you delete its folder" in text(desk.get("/practice/real/"))


def test_what_the_digits_meant_is_said_on_no_log_page_and_to_nobody_who_may_not_see_a_reason(desk):
    shown = play_to(desk, DURESS + 2)
    assert shown.redirect_chain[-1][0] == "/log/" and "The text was read" in guide(shown)
    press(desk, "next")
    assert "Somebody made Beodeul write" in guide(desk.get("/now/"))
    assert guide(desk.get("/log/")) == ""
    for who in ("Boram", "Narae", "Dasom"):
        shown = press(desk, "be", who=who)
        assert guide(shown).startswith(f"As {who} you see code names, deadlines and owners.")
        assert "Beodeul" not in guide(shown)


def test_being_another_officer_changes_who_is_at_the_desk(desk):
    shown = press(desk, "be", who="Boram")
    assert "Boram" in text(shown, "//footer") and "treasurer" in text(shown, "//footer")
    assert tree(shown).xpath("//button[@name='who'][@aria-current]/@value") == ["Boram"]


@pytest.mark.parametrize("page", ["/vault/", "/vault/requests/t_0000000000005/", "/people/p_0000000000005/", "/cards/"])
def test_who_becomes_somebody_else_stays_on_the_page(desk, page):
    sent = {"referer": f"http://127.0.0.1{page}"}
    assert desk.post("/practice/be/", {"who": "Narae"}, headers=sent)["Location"] == page


def test_an_address_that_was_used_says_where_to_go_on(desk):
    entry = entering.one_time_path("Haneul")
    assert desk.post(entry)["Location"] == "/"
    assert "/now/" in desk.post(entry).content.decode()
    stranger = Client(headers={"host": "127.0.0.1"})
    stranger.post("/language/", {"language": "en", "next": "/enter/"})
    spent = stranger.post(entry).content.decode()
    assert "the passwords lie in the folder officers/" in spent and "Go to Now" not in spent


def test_only_the_cast_can_be_sat_down_as(desk):
    assert press(desk, "be", who="Beodeul").status_code == 409
    assert "Haneul" in text(desk.get("/now/"), "//footer")


def test_the_guide_can_be_put_away(desk):
    assert guide(press(desk, "guide", guide="off")) == ""
    assert guide(press(desk, "guide", guide="on")) != ""


def test_a_button_on_a_page_that_cannot_be_fetched_leads_to_the_page_above_it(desk):
    sent = {"referer": "http://127.0.0.1/log/report/"}
    assert desk.post("/practice/guide/", {"guide": "off"}, headers=sent)["Location"] == "/log/"
    sent = {"referer": "http://127.0.0.1/vault/audit/"}
    assert desk.post("/practice/guide/", {"guide": "off"}, headers=sent)["Location"] == "/vault/"
    sent = {"referer": "https://elsewhere.invalid/trap/"}
    assert desk.post("/practice/guide/", {"guide": "on"}, headers=sent)["Location"] == "/now/"


def test_after_a_red_the_sink_shows_a_mail_without_content(desk):
    assert "None yet" in text(desk.get("/practice/sink/"))
    play_to(desk, DURESS + 1)
    pulse.begin()
    Sender(Sink(), house_desk, settings.RUN_ID).go_round()
    shown = desk.get("/practice/sink/")
    assert text(shown, "//*[@aria-labelledby='calls']//li").startswith("Haneul e-mail")
    assert "Please look at the desk." in text(shown, "//blockquote")
    subject = text(shown, "//*[@aria-labelledby='text']/p")
    assert "데스크를 봐 주세요" in subject and "Please look at the desk" in subject
    assert "Last told at" in text(shown)
    assert "Yeoul" not in text(shown, "//main") and "Beodeul" not in text(shown, "//main")


def test_the_story_plays_on_by_itself_until_it_is_paused(desk, stage, monkeypatch):
    monkeypatch.setattr(playing, "PAUSE_S", 0.05)
    monkeypatch.setattr(playing, "READ_PER_S", 10_000)
    shown = press(desk, "play")
    assert "/practice/pause/" in acts(shown) and "/practice/next/" not in acts(shown)
    until = time.monotonic() + 10
    while stage.next < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert "/practice/play/" in acts(press(desk, "pause"))
    stage._thread.join(5)
    reached = stage.next
    assert 2 <= reached < len(NIGHT) and not stage.is_playing
