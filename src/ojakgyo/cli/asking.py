"""What a person is asked at the keyboard before a vault is made, in their language. Nothing of it is written anywhere."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import typer

from ojakgyo.cli import answers
from ojakgyo.cli.answers import Answers, FirstCell
from ojakgyo.cli.speaking import Tongue, refusal, tongue
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.names.words import SET_ASIDE, WORDS
from ojakgyo.domain.sealing import phrases, shares

T = TypeVar("T")
COLUMNS: Final = 3
SAMPLE: Final = 12
"""So many code names are shown to choose from."""


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What opens the vault, and what the first officer signs in with. `drawn`: which of them were drawn by lot."""

    passphrase: str
    password: str
    drawn: frozenset[str] = frozenset()


def some_code_names() -> str:
    """A few of the list, both scripts, for whoever has to choose one."""
    free = [place for place, word in enumerate(WORDS) if word not in SET_ASIDE]
    drawn = [CodeName(free.pop(secrets.randbelow(len(free)))) for _ in range(SAMPLE)]
    return ", ".join(f"{each.en} {each.ko}" for each in drawn)


def language(said: Answers) -> str:
    return said.language or _until("언어 Language (ko, en)", answers.language, tongue("en"), default="ko")


def answered(said: Answers, pgettext: Tongue) -> Answers:
    """What was not answered yet: officer, and the first cell."""
    if said.officer is None:
        _say(
            pgettext(
                "init", "The first officer needs a code name from our list, with or without a number. For instance:"
            )
        )
        _say(f"  {some_code_names()}")
        asked = pgettext("init", "Code name of the first officer")
        said = replace(said, officer=_until(asked, answers.officer, pgettext))
    return said if said.cell else replace(said, cell=_cell(pgettext))


def _cell(pgettext: Tongue) -> FirstCell:
    _say(pgettext("init", "The first cell: a group of helpers whose names only its members can read."))
    side = _until(pgettext("init", "Its side: N inside the North, C in China"), answers.side, pgettext, default="N")
    number = _until(pgettext("init", "Its number"), answers.number, pgettext, default="1")
    area = _until(pgettext("init", "Number of the area it works in"), answers.area, pgettext, default="1")
    return FirstCell(side, number, area)


def secrets_chosen(pgettext: Tongue, draw: Callable[[], str]) -> Secrets:
    """Own words, or six drawn by lot, for the vault and for the first officer."""
    _say(pgettext("init", "The passphrase opens the vault. Press Enter for six words drawn by lot, or type your own:"))
    _say(pgettext("init", "six words, or twenty letters and more. It is typed on any keyboard, so no Korean letters."))
    passphrase, own = _own_or_drawn(pgettext("init", "Passphrase"), phrases.own_passphrase, pgettext, draw)
    if not own:
        _show(pgettext("init", "The passphrase. Write it down; it is not shown again."), passphrase, pgettext)
    _say(pgettext("init", "A password for the first officer, who opens the vault with it too. Enter draws six words."))
    password, own_too = _own_or_drawn(pgettext("init", "Password"), phrases.own_password, pgettext, draw)
    if not own_too:
        _show(pgettext("init", "The officer's password. Write it down; it is not shown again."), password, pgettext)
    drawn = {name for name, chosen in (("passphrase", own), ("password", own_too)) if not chosen}
    return Secrets(passphrase, password, frozenset(drawn))


def _own_or_drawn(
    asked: str, holds: Callable[[str], str], pgettext: Tongue, draw: Callable[[], str]
) -> tuple[str, bool]:
    while True:
        typed = _typed(asked, hidden=True)
        if not typed:
            return draw(), False
        try:
            holds(typed)
        except Refused as error:
            _say(refusal(pgettext, error))
            continue
        if _typed(pgettext("init", "The same once more"), hidden=True) == typed:
            return typed, True
        _say(pgettext("init", "These were two different ones."))


def show_shares(paper: tuple[str, ...], threshold: int, pgettext: Tongue) -> None:
    """Each on a screen of its own, once; then one, drawn by lot, is typed back."""
    for number, share in enumerate(paper, start=1):
        _clear()
        told = {"number": number, "count": len(paper), "threshold": threshold}
        _say(pgettext("init", "Share %(number)d of %(count)d. Any %(threshold)d open everything.") % told)
        _say(grid(share))
        _say(
            pgettext("init", "Write it on paper, and give each share to another person. Keep one outside this country.")
        )
        _enter(pgettext)
    _clear()
    _typed_back(paper, secrets.randbelow(len(paper)), pgettext)
    _clear()


def shares_typed(pgettext: Tongue) -> list[str]:
    """Share after share until enough are there. Each is looked at, and cleared from the screen, before the next."""
    held: list[str] = []
    while shares.missing(held):
        typed = _typed(pgettext("recover", "Share %(number)d, from the paper") % {"number": len(held) + 1})
        if not typed:
            break
        try:
            shares.missing([*held, typed])
        except Refused as error:
            _say(refusal(pgettext, error))
            continue
        held.append(typed)
        _clear()
    return held


def say_shares(paper: tuple[str, ...]) -> None:
    """For whoever reads it from a pipe: one share a line."""
    for number, share in enumerate(paper, start=1):
        _say(f"share {number} of {len(paper)}: {share}")


def _typed_back(paper: tuple[str, ...], place: int, pgettext: Tongue) -> None:
    asked = pgettext("init", "Type share %(number)d back, from the paper; four letters of a word are enough")
    while True:
        typed = _typed(asked % {"number": place + 1})
        if shares.same(paper[place], typed):
            return
        _say(refusal(pgettext, Refused("vault.share_differs", **first_difference(paper[place], typed))))


def first_difference(shown: str, typed: str) -> dict[str, int]:
    """The place of the first word that is another one."""
    meant, given = shares.tidy(shown).split(), shares.tidy(typed).split()
    wrong = (place for place, word in enumerate(meant, 1) if place > len(given) or given[place - 1] != word)
    return {"word": next(wrong, len(meant) + 1)}


def grid(share: str) -> str:
    """The words of a share with their places, in columns to be read downwards."""
    words = share.split()
    rows = -(-len(words) // COLUMNS)
    lines = []
    for row in range(rows):
        cells = [(place + 1, words[place]) for place in range(row, len(words), rows)]
        lines.append("   ".join(f"{place:>3} {word:<12}" for place, word in cells).rstrip())
    return "\n" + "\n".join(lines) + "\n"


def _show(heading: str, words: str, pgettext: Tongue) -> None:
    _clear()
    _say(f"{heading}\n\n    {words}\n")
    _enter(pgettext)
    _clear()


def _enter(pgettext: Tongue) -> None:
    _typed(pgettext("init", "Enter goes on, and clears the screen"))


def _until(asked: str, holds: Callable[[str], T], pgettext: Tongue, *, default: str = "") -> T:
    """Asked again until the answer holds."""
    while True:
        typed = str(typer.prompt(asked, default=default, show_default=bool(default), err=True))
        try:
            return holds(typed.strip())
        except Refused as error:
            _say(refusal(pgettext, error))


def _typed(asked: str, *, hidden: bool = False) -> str:
    return str(typer.prompt(asked, default="", show_default=False, hide_input=hidden, err=True)).strip()


def _clear() -> None:
    """The screen, and what could be scrolled back to."""
    typer.echo("\x1b[H\x1b[2J\x1b[3J", nl=False, err=True)


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
