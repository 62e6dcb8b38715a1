"""In use everywhere: what is typed is typed into inputs of the browser's own, which remember nothing, and no page keeps data.

Read from the templates and scripts themselves, so that a page that is added is read too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "ojakgyo"
TAG = re.compile(r"<(/?)(form|input|textarea|select)\b((?:[^<>%{]|\{%.*?%\}|\{\{.*?\}\})*)>", re.DOTALL)
ATTRIBUTE = re.compile(r"\b(type|autocomplete)=\"([^\"]*)\"")
NOT_TYPED = {"hidden", "checkbox", "radio", "submit", "file"}
OF_A_KEYCHAIN = {"username", "current-password", "new-password", "one-time-code"}
"""What opens the house may lie in the officer's own keychain; nothing else is remembered."""
KEEPS = re.compile(
    r"\b(localStorage|sessionStorage|indexedDB|openDatabase|caches|CacheStorage|cookieStore|serviceWorker|BroadcastChannel)\b"
    r"|document\.cookie|navigator\.storage|window\.name|history\.(?:pushState|replaceState)\(\s*[^n\s{]"
)
NOT_NATIVE = re.compile(
    r"contenteditable|<(?:div|span|p|li|a)\b[^>]*\brole=\"(?:textbox|searchbox|checkbox|radio|switch|slider|spinbutton|button)\""
)


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("*.html"))


def scripts() -> list[Path]:
    return sorted((SOURCE / "web" / "static").rglob("*.js"))


def remembered(written: str) -> Iterator[str]:
    """Every input into which something is typed, of which the browser would keep what was typed before."""
    off = False
    for closes, kind, attributes in TAG.findall(written):
        said = dict(ATTRIBUTE.findall(attributes))
        if kind == "form":
            off = not closes and said.get("autocomplete") == "off"
        elif not closes and kind != "select" and said.get("type") not in NOT_TYPED:
            complete = said.get("autocomplete", "off" if off else "on")
            if complete != "off" and complete not in OF_A_KEYCHAIN:
                yield f"<{kind}{attributes}>"


def test_no_input_remembers_what_was_typed():
    found = {each.name: list(remembered(each.read_text())) for each in templates()}
    assert {name: inputs for name, inputs in found.items() if inputs} == {}
    assert sum("<input" in each.read_text() for each in templates()) > 10


def test_inputs_are_the_browsers_own():
    found = {each.name: NOT_NATIVE.findall(each.read_text()) for each in templates()}
    assert {name: inputs for name, inputs in found.items() if inputs} == {}


def test_no_page_and_no_script_keeps_data_in_the_browser():
    found = {each.name: KEEPS.findall(each.read_text()) for each in (*templates(), *scripts())}
    assert {name: kept for name, kept in found.items() if kept} == {}
    assert len(scripts()) > 1


@pytest.mark.parametrize(
    "written",
    [
        '<input name="x">',
        '<form autocomplete="off"><input name="x"></form><input name="y">',
        '<textarea name="x" rows="2">{{ a }}</textarea>',
        '<input name="x" type="search" autocomplete="on"{% if a > b %} required{% endif %}>',
        '<input name="x" autocomplete="tel">',
    ],
)
def test_an_input_that_remembers_would_be_found(written):
    assert list(remembered(written))


@pytest.mark.parametrize(
    "written",
    [
        '<form method="post" autocomplete="off">{% csrf_token %}<input name="x"{% if a > b %} required{% endif %}></form>',
        '<input name="x" autocomplete="off">',
        '<input type="hidden" name="x"><input type="checkbox" name="y"><select name="z"></select>',
        '<input type="password" autocomplete="current-password">',
    ],
)
def test_what_remembers_nothing_is_left_alone(written):
    assert list(remembered(written)) == []


@pytest.mark.parametrize(
    "written", ["localStorage.x = 1", "document.cookie", "navigator.storage.persist()", "caches.open"]
)
def test_a_script_that_keeps_something_would_be_found(written):
    assert KEEPS.search(written)


def test_an_input_made_of_something_else_would_be_found():
    assert NOT_NATIVE.search('<div role="textbox">') and NOT_NATIVE.search("<p contenteditable>")
