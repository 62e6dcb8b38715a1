"""An officer at the desk: in a browser, or by plain requests. The password comes from the practice world's file."""

import re
from pathlib import Path
from typing import Any

import httpx
from processes import House

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ROW = '.warning:has(.who a:text-is("{}"))'


def password(house: House, officer: str) -> str:
    (file,) = [each["password_file"] for each in house.ready["officers"] if each["code_name"] == officer]
    return Path(file).read_text().strip()


_seated: dict[tuple[str, str], list[dict[str, Any]]] = {}
"""The cookies of who has signed in, by house and officer; a house that is told of once more gives them back."""


def sign_in(screen, house: House, officer: str, *, language: str = "en"):
    """The way in, filled in and sent; who has come in once sits where they sat. Ends on Now."""
    if seated := _seated.get((house.url, officer)):
        screen.context.add_cookies(seated)
        screen.goto(f"{house.url}/now/")
        if screen.url.endswith("/now/"):
            if screen.locator("html").get_attribute("lang") != language:
                choose(screen, language)
            return screen
        screen.context.clear_cookies()
    screen.goto(f"{house.url}/enter/")
    if screen.locator("html").get_attribute("lang") != language:
        choose(screen, language)
    screen.locator("#code-name").fill(officer)
    screen.locator("#password").fill(password(house, officer))
    screen.locator("form[action='/enter/'] button").click()
    screen.wait_for_url("**/now/")
    _seated[house.url, officer] = screen.context.cookies()
    return screen


def choose(screen, language: str) -> None:
    """The switch that stands on every page."""
    with screen.expect_navigation():
        screen.locator(f"button[name=language][value={language}]").click()
    screen.locator(f"html[lang={language}]").wait_for()


def row(screen, code_name: str):
    """The board's row about this helper."""
    return screen.locator(ROW.format(code_name))


class Visitor:
    """Plain requests with a session, in English."""

    def __init__(self, house: House, officer: str) -> None:
        self.http = httpx.Client(base_url=house.url, follow_redirects=True, timeout=20)
        self.read("/enter/")
        self.send("/language/", language="en", next="/enter/")
        self.send("/enter/", code_name=officer, password=password(house, officer))

    def read(self, path: str) -> str:
        answer = self.http.get(path).raise_for_status()
        self._token = TOKEN.search(answer.text)
        return answer.text

    def seen(self, page: str) -> str:
        """The newest sign that a warning's page showed: what is closed is what was seen."""
        shown = re.search(r'name="seen" value="(\d+)"', self.read(page))
        assert shown is not None
        return shown[1]

    def send(self, path: str, **fields: str) -> httpx.Response:
        """A form of the page that was read last."""
        assert self._token is not None
        answer = self.http.post(path, data={"csrfmiddlewaretoken": self._token[1], **fields})
        self._token = TOKEN.search(answer.text) or self._token
        return answer

    def page_of(self, code_name: str) -> str:
        """The address of the warning about this helper, from the board."""
        found = re.search(rf'<a href="(/watch/w_\w+/)">{code_name}</a>', self.read("/now/"))
        assert found, code_name
        return found[1]

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
