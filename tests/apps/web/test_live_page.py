"""The page in a browser: it changes by itself, says when it cannot, keeps what is typed, hears keys by their place."""

import asyncio
import itertools
import socket
import threading
import time
from dataclasses import replace
from importlib.resources import files

import pytest
import uvicorn
from apps.web import night, stage
from axe_playwright_python import sync_playwright as axe
from django.core.asgi import get_asgi_application
from django.test import override_settings

from ojakgyo.web.bell import bell

MIDDLEWARE = ["csp.middleware.CSPMiddleware", "apps.web.stage.Seat", "ojakgyo.web.language.LanguageMiddleware"]
AXE = files(axe.__package__).joinpath("axe.min.js")
VIOLATIONS = """axe.run({resultTypes: ["violations"], preload: false})
    .then(result => result.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"""


class House(uvicorn.Server):
    """The server hangs the bell where it starts."""

    async def startup(self, sockets=None):
        bell.hang()
        await super().startup(sockets)


@pytest.fixture(scope="module")
def address():
    with override_settings(ROOT_URLCONF="apps.web.stage", MIDDLEWARE=MIDDLEWARE), socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()  # who comes before the server has started waits, and is not turned away
        server = House(uvicorn.Config(get_asgi_application(), log_level="critical", lifespan="off"))
        thread = threading.Thread(target=asyncio.run, args=(server.serve([door]),))
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        bell._loop.call_soon_threadsafe(bell.close)
        server.should_exit = True
        thread.join()


@pytest.fixture
def at(address, screen):
    """Opens a page, and waits until its stream is open and its first part has come."""
    stage.shown.update(board=night.board(), warning=night.warning(), now=night.NOW)
    stage.posts.clear()

    def open_page(path):
        screen.goto(address + path)
        if path != "/log/":
            screen.locator("body[data-stream=open]").wait_for()
            screen.wait_for_timeout(200)
        return screen

    return open_page


def test_a_change_is_on_the_page_within_a_second_of_the_bell(at):
    page = at("/now/")
    stage.shown["board"] = night.board(warnings=night.LINES[2:])
    began = time.monotonic()
    bell.ring("board", 48208)
    page.get_by_role("heading", name="Two people must be warned today").wait_for()
    assert time.monotonic() - began < 1.0


def test_a_broken_stream_is_said_within_five_seconds_and_mends_itself(at):
    page = at("/now/")
    assert not page.locator("#not-live").is_visible()
    stage.deaf = True
    bell._loop.call_soon_threadsafe(bell.close)
    page.locator("#not-live").wait_for(timeout=5_000)
    assert "This is the board of 02:14" in page.locator("#not-live").inner_text()
    stage.deaf = False
    bell._loop.call_soon_threadsafe(bell.hang)
    page.locator("#not-live").wait_for(state="hidden", timeout=8_000)
    page.wrong.clear()  # the browser itself complains of the refused stream


def test_a_page_whose_stream_never_opens_says_so(address, screen):
    screen.route("**/_live/", lambda route: route.abort())
    screen.goto(address + "/now/")
    screen.locator("#not-live").wait_for(timeout=5_000)
    screen.wrong.clear()


def test_what_is_chosen_and_where_the_focus_is_outlive_a_change(at):
    page = at("/watch/w_000000000000b/")
    page.get_by_label("sent, not confirmed").check()
    page.get_by_label("sent, not confirmed").focus()
    stage.shown["warning"] = night.warning(line=replace(night.YEOUL_LINE, deadline=night.at("04:10")))
    bell.ring("board", 48209)
    page.get_by_text("1 h 56 min left").wait_for()
    assert page.get_by_label("sent, not confirmed").is_checked()
    assert page.evaluate("document.activeElement.value") == "sent"


def test_rows_are_walked_by_j_and_k_and_o_takes_the_chosen_one(at):
    page = at("/now/")
    page.keyboard.press("KeyO")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyK")
    assert page.evaluate("document.activeElement.textContent") == "Yeoul"
    assert stage.posts == []
    with page.expect_response("**/take/"):
        page.keyboard.press("KeyO")
    assert stage.posts == ["/now/w_000000000000b/take/"]
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.closest('.warning').id") == "w_000000000000b", (
        "one stays where one was"
    )


def test_l_opens_the_log_in_hangul_mode_too_but_never_while_one_types(at):
    page = at("/now/")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyL', key: 'ㅣ', bubbles: true}))")
    page.wait_for_url("**/log/")
    page.locator("#line").press_sequentially("Lj ok")
    assert page.locator("#line").input_value() == "Lj ok" and page.url.endswith("/log/")


def test_escape_twice_locks_even_from_a_field_but_not_while_a_syllable_is_composed(at):
    page = at("/log/")
    pressed = "new KeyboardEvent('keydown', {code: 'Escape', isComposing: true, bubbles: true})"
    composing = f"document.querySelector('#line').dispatchEvent({pressed})"
    page.locator("#line").focus()
    page.evaluate(composing)
    page.evaluate(composing)
    page.wait_for_timeout(200)
    assert stage.posts == []
    with page.expect_navigation():
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    assert stage.posts == ["/lock/"]


def test_the_log_page_opens_no_stream(at):
    asked = []
    page = at("/log/")
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_timeout(500)
    assert not [url for url in asked if "_live" in url]


def test_help_that_is_needed_can_be_muted_until_it_is_needed_anew(at):
    stage.shown["board"] = night.board_of_others()
    page = at("/now/")
    stage.shown["board"] = night.board_of_others()
    bell.ring("board", 48210)
    page.get_by_role("button", name="Mute").click()
    page.get_by_role("button", name="Mute").wait_for(state="hidden")
    needed = replace(stage.shown["board"].needed, since=night.at("02:13"))
    stage.shown["board"] = replace(stage.shown["board"], needed=needed)
    bell.ring("board", 48211)
    page.get_by_role("button", name="Mute").wait_for()


def test_the_clocks_follow_the_clock_of_the_house(at):
    page = at("/now/")
    stage.shown["now"] = night.at("03:00")
    bell.ring("board", 48212)
    page.locator(".clocks time", has_text="03:00").wait_for()
    page.locator(".clocks time", has_text="02:00").wait_for()


PHONE, DESK = 390, 1440
LOOKS = {
    "/now/": list(itertools.product((PHONE, DESK), ("light", "dark"))),
    "/watch/w_000000000000b/": [(PHONE, "light"), (DESK, "dark")],
    "/log/": [(PHONE, "dark"), (DESK, "light")],
}
"""What frames every page is looked at in every combination."""


@pytest.mark.parametrize("path", LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(at, path):
    page = at(path)
    page.evaluate(AXE.read_text())
    for width, scheme in LOOKS[path]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(VIOLATIONS) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, scheme)


def test_without_javascript_the_page_says_so_and_still_acts(address, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    stage.shown["board"] = night.board()
    page.goto(address + "/now/")
    assert page.get_by_text("Without JavaScript this page does not move by itself").is_visible()
    assert not page.locator("#not-live").is_visible() and not page.get_by_text("live,").is_visible()
    page.get_by_role("button", name="I’ll take it").click()
    assert stage.posts[-1] == "/now/w_000000000000b/take/"
    context.close()
