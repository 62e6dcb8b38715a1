"""What is said in the language that was chosen, before any house stands: the same catalogue as the pages."""

from collections.abc import Callable
from gettext import translation
from pathlib import Path
from typing import Final

from ojakgyo.domain.errors import REGISTRY, OjakError

_LOCALE: Final = Path(__file__).parents[1] / "locale"
Tongue = Callable[[str, str], str]
"""(context, English sentence) -> the sentence."""


def tongue(language: str) -> Tongue:
    """English where the catalogue has no other."""
    return translation("django", _LOCALE, [language], fallback=True).pgettext


def refusal(speak: Tongue, error: OjakError) -> str:
    entry = REGISTRY[error.code]
    where = "".join(f" ({name} {value})" for name, value in error.ids.items())
    return f"{speak('error', entry.sentence)} {speak('error', entry.advice)}{where}"
