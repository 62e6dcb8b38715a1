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


Sources = list[tuple[Path, list[ast.AST]]]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """Every file of the program, its calls and constants; read once for all tests, and let go after them."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
    trees = [(path, ast.parse(path.read_text())) for path in paths]
    return [
        (path, [node for node in ast.walk(tree) if isinstance(node, ast.Call | ast.Constant)]) for path, tree in trees
    ]


def raised(sources: Sources) -> Iterator[tuple[str, str]]:
    """(file, code) of every exception of ours that is made with a code written out."""
    for path, nodes in sources:
        for node in nodes:
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in RAISED and node.args and isinstance(node.args[0], ast.Constant):
                yield path.name, node.args[0].value


def said(sources: Sources) -> set[str]:
    """Every code that stands in a text of the source, the registry itself left out, or in a page."""
    texts = [
        node.value
        for path, nodes in sources
        if path.name != "errors.py"
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    whole = "\n".join([*texts, *(path.read_text() for path in SOURCE.rglob("*.html"))])
    return {code for code in REGISTRY if code in whole}


def test_every_code_that_is_raised_is_in_the_registry(sources):
    found = list(raised(sources))
    assert len(found) > 20
    assert [(file, code) for file, code in found if code not in REGISTRY] == []


def test_what_looks_like_a_code_and_is_given_as_one_is_in_the_registry(sources):
    """`code=` of a form's fault or a row's trouble."""
    given = [
        keyword.value.value
        for _, nodes in sources
        for node in nodes
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant) and keyword.value.value is not None
    ]
    assert set(given) <= set(REGISTRY)


def test_every_code_of_the_registry_is_said_somewhere_or_reserved(sources):
    assert set(REGISTRY) - said(sources) <= NOT_SAID_YET <= set(REGISTRY)


def test_a_code_is_an_area_and_a_reason():
    assert [code for code in REGISTRY if not re.fullmatch(r"[a-z]+\.[a-z_]+", code)] == []


def test_a_sentence_is_calm_and_complete():
    for code, entry in REGISTRY.items():
        for words in (entry.sentence, entry.advice):
            assert words == words.strip(), code
            assert words[0].isupper(), code
            assert words.endswith("."), code
            assert "!" not in words, code
            assert not re.search(r"\b(suspect|asset|agent|compromised|stand down)\b", words.lower()), code


def test_a_sentence_has_no_place_for_a_name():
    for code, entry in REGISTRY.items():
        assert not set("{%") & set(entry.sentence + entry.advice), code


def test_the_areas_are_rooms_of_this_house():
    assert {"house", "demo"} | {path.name for path in (SOURCE / "apps").iterdir()} >= AREAS


def test_no_exception_of_ours_is_made_from_words_put_together(sources):
    """A code written out, or one of another exception; never an f-string that might carry what was typed."""
    for path, nodes in sources:
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                assert not any(isinstance(arg, ast.JoinedStr | ast.BinOp) for arg in node.args), path.name
