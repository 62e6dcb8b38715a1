"""Where one can go from anywhere, by name: the commands of the palette, and the list of screens on the find page."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

from ojakgyo.domain.names import hangul
from ojakgyo.domain.names.beginnings import is_opening_letters, key_of


@dataclass(frozen=True, slots=True)
class Command:
    """`goes`: an address, or `#` and what the page does by itself. `key`: pressed anywhere, it does the same."""

    goes: str
    said: Promise
    icon: str
    key: str = ""

    @property
    def on_the_page(self) -> bool:
        return self.goes.startswith("#")


COMMANDS: Final = (
    Command("/now/", pgettext_lazy("command", "Now"), "clock"),
    Command("/log/", pgettext_lazy("command", "Log a contact"), "pencil", "L"),
    Command("/calls/report/", pgettext_lazy("command", "A report heard"), "pencil", "E"),
    Command("/calls/", pgettext_lazy("command", "May I call?"), "phone", "C"),
    Command("/cells/", pgettext_lazy("command", "Helpers and cells"), "users"),
    Command("/lines/", pgettext_lazy("command", "Phones and other lines"), "smartphone"),
    Command("/areas/", pgettext_lazy("command", "Areas"), "signpost"),
    Command("/people/new/", pgettext_lazy("command", "Add a helper"), "user-plus", "N"),
    Command("/calls/meeting/", pgettext_lazy("command", "Enter a meeting or a stay"), "users"),
    Command("/network/", pgettext_lazy("command", "Exposure around one person"), "orbit"),
    Command("/cards/", pgettext_lazy("command", "Cards"), "id-card"),
    Command("/shift/", pgettext_lazy("command", "Hand the shift over"), "arrow-left-right", "B"),
    Command("/shift/sheet/", pgettext_lazy("command", "Night sheet"), "printer"),
    Command("/intake/", pgettext_lazy("command", "Paper in"), "table-2"),
    Command("/export/", pgettext_lazy("command", "Export my cells"), "table-2"),
    Command("#scratch", pgettext_lazy("command", "Scratch line"), "sticky-note"),
    Command("/vault/", pgettext_lazy("command", "Vault"), "key-round"),
    Command("/vault/requests/", pgettext_lazy("command", "Requests that take two"), "signature"),
    Command("/vault/#close", pgettext_lazy("command", "Close the vault"), "lock"),
    Command("#lock", pgettext_lazy("command", "Lock now"), "lock", "Esc Esc"),
    Command("/help/", pgettext_lazy("command", "Help and keys"), "circle-question-mark", "?"),
)


def commands(text: str) -> tuple[Command, ...]:
    """Those a word of which begins as was typed, in the language of the page or in English; all of them for nothing."""
    wanted = key_of(text.strip())
    return tuple(each for each in COMMANDS if not wanted or any(_begins(said, wanted) for said in _said(each)))


def _said(command: Command) -> tuple[str, str]:
    with override("en"):
        english = str(command.said)
    return str(command.said), english


def _begins(said: str, wanted: str) -> bool:
    words = said.split()
    rests = (" ".join(words[place:]) for place in range(len(words)))
    if is_opening_letters(wanted):
        return any(_initials(rest).startswith(wanted) for rest in rests)
    return any(key_of(rest).startswith(wanted) for rest in rests)


def _initials(said: str) -> str:
    try:
        return hangul.initials(said.replace(" ", ""))
    except ValueError:
        return ""
