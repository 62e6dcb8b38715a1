"""Every code that is raised, kept or shown is in the registry, with its sentence and what to do about it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ojakgyo.domain.errors import REGISTRY

SOURCE = Path(__file__).parents[2] / "src" / "ojakgyo"
RAISED = {"Refused", "Damaged", "NotHeld", "OjakError"}
AREAS = {code.partition(".")[0] for code in REGISTRY}
NOT_SAID_YET = {
    "chronicle.unknown_fact",
    "contact.message_gone",
    "contact.words_unreadable",
    "watch.changed",
}
"""Reserved: nothing in this release says them. A code that starts to be said leaves this list."""


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text())


def raised() -> Iterator[tuple[str, str]]:
    """(file, code) of every exception of ours that is made with a code written out."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in RAISED and node.args and isinstance(node.args[0], ast.Constant):
                yield path.name, node.args[0].value


def said() -> set[str]:
    """Every code that stands in a text of the source, the registry itself left out, or in a page."""
    texts = [
        node.value
        for path, tree in sources()
        if path.name != "errors.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts += [path.read_text() for path in SOURCE.rglob("*.html")]
    return {code for code in REGISTRY if any(code in text for text in texts)}


def test_every_code_that_is_raised_is_in_the_registry():
    found = list(raised())
    assert len(found) > 20
    assert [(file, code) for file, code in found if code not in REGISTRY] == []


def test_what_looks_like_a_code_and_is_given_as_one_is_in_the_registry():
    """`code=` of a form's fault or a row's trouble."""
    given = [
        keyword.value.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant) and keyword.value.value is not None
    ]
    assert set(given) <= set(REGISTRY)


def test_every_code_of_the_registry_is_said_somewhere_or_reserved():
    assert set(REGISTRY) - said() <= NOT_SAID_YET <= set(REGISTRY)


@pytest.mark.parametrize("code", REGISTRY)
def test_a_code_is_an_area_and_a_reason(code):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", code)


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=list(REGISTRY))
def test_a_sentence_is_calm_and_complete(entry):
    for words in (entry.sentence, entry.advice):
        assert words == words.strip()
        assert words[0].isupper()
        assert words.endswith(".")
        assert "!" not in words
        assert not re.search(r"\b(suspect|asset|agent|compromised|stand down)\b", words.lower())


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=list(REGISTRY))
def test_a_sentence_has_no_place_for_a_name(entry):
    assert "{" not in entry.sentence + entry.advice
    assert "%" not in entry.sentence + entry.advice


def test_the_areas_are_rooms_of_this_house():
    assert {"house", "demo"} | {path.name for path in (SOURCE / "apps").iterdir()} >= AREAS


def test_no_exception_of_ours_is_made_from_words_put_together():
    """A code written out, or one of another exception; never an f-string that might carry what was typed."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                assert not any(isinstance(arg, ast.JoinedStr | ast.BinOp) for arg in node.args), path.name
