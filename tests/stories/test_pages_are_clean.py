"""Every page in both languages: axe finds nothing, the policy is not broken, nothing is asked of anybody else."""

from importlib.resources import files

import pytest
from axe_playwright_python import sync_playwright as axe
from processes import House, copy_of

from stories.visiting import choose, row, sign_in

AXE = files(axe.__package__).joinpath("axe.min.js").read_text()
VIOLATIONS = "axe.run().then(result => result.violations.map(each => [each.id, each.nodes.map(node => node.html)]))"
NAMES = {"en": "Yeoul", "ko": "여울"}
VAULT = [
    f"/vault/{page}"
    for page in (
        "",
        "officers/",
        "officers/new/",
        "cells/",
        "requests/",
        "you/",
        "sessions/",
        "backups/",
        "audit/",
        "lost/",
    )
]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROW = {"width": 390, "height": 844}
HANGUL = "/[가-힣]/.test(document.querySelector('h1').textContent)"


@pytest.fixture
def gate(founded, tmp_path):
    """A sealed house."""
    with House("serve", home=copy_of(founded.home, tmp_path / "home")) as house:
        yield house.wait()


def violations(screen, address: str) -> list[object]:
    screen.goto(address)
    screen.evaluate(AXE)
    return screen.evaluate(VIOLATIONS)


def found_on(screen, house: House, paths: list[str]) -> dict[str, object]:
    """The violations of each page that has any; each is met with its title in the language of the page."""
    return {path: found for path in paths if (found := violations(screen, house.url + path))}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_of_the_open_house(night, screen, language):
    sign_in(screen, night, "Haneul", language=language)
    screen.locator("body[data-stream=open]").wait_for()
    warning = row(screen, NAMES[language]).locator(".who a").get_attribute("href")
    paths = ["/now/", warning, "/log/", "/log/?noted", "/practice/sink/", "/practice/reset/", "/practice/real/"]
    paths += ["/intake/"]
    paths += ["/calls/", "/calls/meeting/", "/calls/report/", led_to(screen, night, "/calls/", "p")]
    assert found_on(screen, night, paths) == {}
    assert screen.evaluate(HANGUL) is (language == "ko")


def led_to(screen, house: House, path: str, kind: str) -> str:
    """The first address of this kind on a page."""
    screen.goto(house.url + path)
    return screen.locator(f"main a[href*='/{kind}_']").first.get_attribute("href")


def too_wide(screen, house: House, paths: list[str]) -> list[str]:
    """Pages that a phone would have to push sideways."""
    screen.set_viewport_size(NARROW)
    return [path for path in paths if screen.goto(house.url + path) and screen.evaluate(WIDER) > 0]


def here(screen) -> list[object]:
    """The violations of an answer that no address leads back to, and whether a phone would have to push it sideways."""
    screen.set_viewport_size(NARROW)
    screen.evaluate(AXE)
    return screen.evaluate(VIOLATIONS) + ([screen.url] if screen.evaluate(WIDER) > 0 else [])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_of_the_vault(night, screen, language):
    sign_in(screen, night, "Haneul", language=language)
    warning = led_to(screen, night, "/now/", "w")
    places = (("/vault/officers/", "o"), ("/vault/cells/", "c"), (warning, "p"))
    paths = [
        "/now/",
        "/now/?show=unowned",
        warning,
        "/log/",
        "/cards/",
        "/cells/",
        "/areas/",
        "/people/new/",
        "/shift/",
        "/shift/sheet/",
        "/export/",
        "/find/",
        "/help/",
        *VAULT,
        *(led_to(screen, night, *place) for place in places),
        cell := led_to(screen, night, "/cells/", "c"),
        f"{cell}sheet/",
    ]
    assert found_on(screen, night, paths) == {}
    assert too_wide(screen, night, paths) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_request_before_and_after_the_second_hand(duress, screen, language):
    sign_in(screen, duress, "Haneul", language=language)
    screen.goto(f"{duress.url}/vault/audit/")
    ask = screen.locator("form[action='/vault/audit/ask/'] button")
    asked = led_to(screen, duress, "/vault/requests/", "t") if not ask.count() else ""
    if not asked:
        ask.click()
        screen.wait_for_url("**/vault/requests/t_*/")
        asked = screen.url.removeprefix(duress.url)
    paths = ["/vault/requests/", asked, "/vault/audit/"]
    assert found_on(screen, duress, paths) == {}
    sign_in(screen, duress, "Narae", language=language)
    screen.goto(duress.url + asked)
    if (sign := screen.locator(f"form[action='{asked}sign/'] button")).count():
        assert here(screen) == []
        sign.click()
        screen.wait_for_load_state()
    assert found_on(screen, duress, paths) == {}
    assert too_wide(screen, duress, paths) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_name_and_words_that_are_shown_once(duress, screen, language):
    sign_in(screen, duress, "Haneul", language=language)
    screen.goto(duress.url + led_to(screen, duress, led_to(screen, duress, "/now/", "w"), "p"))
    screen.locator("#reason").select_option("call")
    screen.locator("form[action$='/reveal/'] button").click()
    screen.locator("h1#shown").wait_for()
    assert here(screen) == []
    screen.goto(f"{duress.url}/log/")
    screen.locator("form[action$='/words/'] button").first.click()
    screen.locator("h1#shown").wait_for()
    assert here(screen) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_others_see_is_as_clean(night, screen, language):
    sign_in(screen, night, "Dasom", language=language)
    warning = row(screen, NAMES[language]).locator(".who a").get_attribute("href")
    assert found_on(screen, night, ["/now/", warning]) == {}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_before_anybody_sits_down(night, screen, language):
    entry = night.ready["enter"].removeprefix(night.url)
    screen.goto(f"{night.url}/enter/")
    choose(screen, language)
    assert found_on(screen, night, ["/enter/", entry]) == {}
    assert screen.evaluate(HANGUL) is (language == "ko")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_gate(gate, screen, language):
    screen.goto(gate.url)
    choose(screen, language)
    assert found_on(screen, gate, ["/", "/now/"]) == {}
    assert screen.evaluate(HANGUL) is (language == "ko")
    screen.wrong.clear()  # a gate answers 503, and the browser says so
