"""The few shapes pictures are made of. Every attribute and word is escaped here, so a finished picture is safe HTML."""

from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString

_RENAMED: Final = {"cls": "class", "view_box": "viewBox"}


def number(value: float) -> str:
    """Two decimals at most, no idle noughts: 19.85, 98, 0."""
    trimmed = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if trimmed == "-0" else trimmed


def percent(value: float) -> str:
    return f"{number(value)}%"


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """One element. Fractions are trimmed; `cls`, `view_box`, `text_anchor` become the attribute's real name."""
    written = "".join(
        f' {_RENAMED.get(key, key.replace("_", "-"))}="{escape(number(value) if isinstance(value, float) else value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, /, **attributes: object) -> str:
    return element("text", escape(words), **attributes)


def picture(cls: str, shapes: list[str], *, label: str | None = None, view_box: str | None = None) -> SafeString:
    """A finished picture: with a label it is an image in words, without one it is hidden from readers."""
    told: dict[str, object] = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawn = element("svg", "".join(shapes) or " ", cls=cls, view_box=view_box, **told)
    return SafeString(drawn)  # nosec B703
