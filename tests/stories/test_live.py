"""A board that cannot hear says so, and mends itself."""

import signal
import time

from stories.visiting import sign_in

WITHIN_MS = 5_000
NOTE_THE_BREAK = """() => new MutationObserver(() => {
  if (document.body.dataset.stream === "broken") document.body.dataset.brokenAt ??= performance.now();
}).observe(document.body, { attributeFilter: ["data-stream"] })"""


def live_board(screen, house):
    sign_in(screen, house, "Haneul")
    screen.locator("body[data-stream=open]").wait_for()
    assert not screen.locator("#not-live").is_visible()
    return screen


def test_when_the_house_stands_still_the_board_says_so_within_five_seconds(night, screen, capsys):
    """Timed by the page's own clock: asking a page from outside is too coarse."""
    board = live_board(screen, night)
    board.evaluate(NOTE_THE_BREAK)
    night.process.send_signal(signal.SIGSTOP)
    stopped_at = board.evaluate("performance.now()")
    try:
        board.locator("#not-live").wait_for()
        silent_ms = float(board.locator("body").get_attribute("data-broken-at")) - stopped_at
    finally:
        night.process.send_signal(signal.SIGCONT)
    began = time.monotonic()
    board.locator("#not-live").wait_for(state="hidden")
    with capsys.disabled():
        print(f"\nnot live after {silent_ms / 1000:.1f} s, live again after {time.monotonic() - began:.1f} s")
    assert silent_ms < WITHIN_MS


def test_a_board_whose_stream_is_blocked_says_so_and_catches_up_when_it_is_not(house, screen):
    board = live_board(screen, house)
    board.route("**/_live/", lambda route: route.abort())
    board.reload()
    board.locator("#not-live").wait_for()
    house.ask("demo", "say", "Beodeul", "duress")
    house.warning_about("Yeoul")
    board.unroute("**/_live/")
    board.locator("#not-live").wait_for(state="hidden")
    board.get_by_role("link", name="Yeoul").wait_for()
    board.wrong.clear()  # the browser itself complains of the stream that was cut


def test_the_log_page_opens_no_stream(night, screen):
    board = live_board(screen, night)
    asked = []
    board.on("request", lambda request: asked.append(request.url))
    board.locator("nav.rail a[href='/log/']").click()
    board.wait_for_url("**/log/")
    board.wait_for_timeout(500)
    assert not [url for url in asked if "/_live/" in url]
