"""Every sentence of the desk: finds them in templates, Python and the error registry, holds the Korean to them.

    python tests/house/catalogue.py            what is missing, or no longer said
    python tests/house/catalogue.py --write    brings ko.po up to date and compiles it

A new sentence is added to ko.po with an empty translation; fill it in and run it again.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

SOURCE: Final = Path(__file__).parents[2] / "src" / "ojakgyo"
PO: Final = SOURCE / "locale" / "ko" / "LC_MESSAGES" / "django.po"
MO: Final = PO.with_suffix(".mo")
ONE, MANY, IN, MANY_IN = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: Final = {
    f"{name}{ending}": places
    for name, places in {"gettext": ONE, "ngettext": MANY, "pgettext": IN, "npgettext": MANY_IN}.items()
    for ending in ("", "_lazy", "_noop")
}
Said = tuple[str | None, str | tuple[str, ...]]
"""Context, and the sentence or its singular and plural."""


def _spoken(code: bytes) -> Iterator[Said]:
    if b"gettext" not in code:  # each of the KEYWORDS has it in its name
        return
    for _, message, _, context in extract("python", BytesIO(code), keywords=KEYWORDS):
        yield context, message if isinstance(message, str) else tuple(message)


def _files(ending: str) -> Iterator[Path]:
    return (path for path in sorted(SOURCE.rglob(f"*.{ending}")) if "migrations" not in path.parts)


@cache
def said() -> tuple[Said, ...]:
    """Every sentence of the source, once, in a steady order; read once for all that ask."""
    found: dict[Said, None] = {}
    for path in _files("html"):
        found.update(dict.fromkeys(_spoken(template.templatize(path.read_text(), origin=str(path)).encode())))
    for path in _files("py"):
        found.update(dict.fromkeys(_spoken(path.read_bytes())))
    found.update(dict.fromkeys(_errors()))
    found.update(dict.fromkeys(_guide()))
    return tuple(found)


def _errors() -> Iterable[Said]:
    from ojakgyo.domain.errors import REGISTRY

    for entry in REGISTRY.values():
        yield "error", entry.sentence
        yield "error", entry.advice


def _guide() -> Iterator[Said]:
    """The guide's sentences of the practice world, kept as data."""
    for path in sorted((SOURCE / "demo" / "cast").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "msgid" and isinstance(node.value, ast.Constant):
                yield "story", node.value.value


def korean() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="ko", domain="django")


def translated(catalogue: Catalog) -> dict[Said, str]:
    """Sentence -> its Korean; Korean has one form for one and for many."""
    held = [message for message in catalogue if message.id]
    keys = [(each.context, each.id if isinstance(each.id, str) else tuple(each.id)) for each in held]
    return dict(
        zip(keys, (each.string if isinstance(each.string, str) else each.string[0] for each in held), strict=True)
    )


def missing() -> list[Said]:
    held = translated(korean())
    return [sentence for sentence in said() if not held.get(sentence)]


def unsaid() -> list[Said]:
    """Korean for a sentence that nothing says any more."""
    spoken = set(said())
    return [sentence for sentence in translated(korean()) if sentence not in spoken]


def _compiled(words: GNUTranslations, context: str | None, message: str | tuple[str, ...]) -> str:
    if isinstance(message, tuple):
        return words.npgettext(context, *message, 1) if context else words.ngettext(*message, 1)
    return words.pgettext(context, message) if context else words.gettext(message)


def is_fresh() -> bool:
    """The compiled file says what ko.po says."""
    with MO.open("rb") as file:
        words = GNUTranslations(file)
    return all(_compiled(words, *key) == string for key, string in translated(korean()).items() if string)


def _order(sentence: Said) -> tuple[str, str]:
    context, message = sentence
    return context or "", message if isinstance(message, str) else message[0]


def renewed() -> Catalog:
    """Every sentence that is said, with the Korean held for it."""
    held = korean()
    made = Catalog("ko", "django", held.header_comment, "Ojakgyo", "0.1", charset="utf-8", fuzzy=False)
    made.creation_date, made.revision_date = held.creation_date, held.revision_date
    made.msgid_bugs_address = made.last_translator = made.language_team = "Ojakgyo"
    strings = translated(held)
    for context, message in sorted(said(), key=_order):
        string = strings.get((context, message), "")
        made.add(message, string if isinstance(message, str) else (string,), context=context)
    return made


def write() -> None:
    made = renewed()
    with PO.open("wb") as file:
        write_po(file, made, width=120, no_location=True)
    with MO.open("wb") as file:
        write_mo(file, made)


def _main() -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if "--write" in sys.argv:
        write()
    for sentence in missing():
        print("no Korean:", sentence)
    for sentence in unsaid():
        print("no longer said:", sentence)
    return 1 if missing() or unsaid() else 0


if __name__ == "__main__":
    sys.exit(_main())
