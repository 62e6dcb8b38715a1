"""Every page in both languages: axe finds nothing, the policy is not broken, nothing is asked of anybody else."""

from importlib.resources import files

import pytest
from axe_playwright_python import sync_playwright as axe
from processes import House, copy_of

from stories.visiting import choose, row, sign_in

AXE = files(axe.__package__).joinpath("axe.min.js").read_text()
VIOLATIONS = "axe.run().then(result => result.violations.map(each => [each.id, each.nodes.map(node => node.html)]))"
NAMES = {"en": "Yeoul", "ko": "여울"}
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
    assert found_on(screen, night, paths) == {}
    assert screen.evaluate(HANGUL) is (language == "ko")


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
