"""How far a story of this world has been played: one event at a time, by a button, by a command, or by itself."""

import json
import logging
import threading
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import OperationalError, connections

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.vault import header
from ojakgyo.demo import story
from ojakgyo.demo.story import Line
from ojakgyo.demo.values import Score
from ojakgyo.domain.errors import OjakError, Refused
from ojakgyo.domain.failing import where
from ojakgyo.web.bell import bell

STORY: Final = "night"
"""The one the band's buttons play unless another is chosen, or has been begun."""
PAUSE_S: Final = 2.0
READ_PER_S: Final = 25
"""Characters of the guide's sentence that are read in a second; a longer one stands longer."""
log = logging.getLogger("ojakgyo.demo")
Told = dict[str, Line]
"""The line of one event in every language."""


class Stage:
    """One story. What came of its events is kept beside the vault, so a restart goes on where the night was."""

    def __init__(self, name: str) -> None:
        self.name, self.guide = name, True
        self.told: Told = {}
        self._turn = threading.Lock()
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None
        self._outcomes: list[bool | None] | None = None

    @property
    def next(self) -> int:
        """The event that has not been played; the number of all once the story is over."""
        return len(self._kept())

    @property
    def is_over(self) -> bool:
        return self.next >= len(story.events(self.name))

    @property
    def is_playing(self) -> bool:
        return self._thread is not None and self._thread.is_alive() and not self._leaving.is_set()

    @property
    def score(self) -> Score:
        expected = [each for each in self._kept() if each is not None]
        return Score(met=sum(expected), of=len(expected))

    def play(self, number: int) -> Told:
        """The next event, by its number, whoever asks for it. One that has been played: `Refused`."""
        with self._turn:
            if number != self.next:
                raise Refused("demo.played")
            return self._play(number)

    def play_next(self) -> Told | None:
        """The next event; None once the story is over."""
        with self._turn:
            return None if self.is_over else self._play(self.next)

    def start(self) -> None:
        """Play on by itself, with pauses; no second time while it does."""
        if not self.is_playing:
            self._leaving = threading.Event()
            self._thread = threading.Thread(target=self._run, args=(self._leaving,), name="story", daemon=True)
            self._thread.start()

    def pause(self) -> None:
        """Stop behind the event that is being played."""
        self._leaving.set()

    def _run(self, leaving: threading.Event) -> None:
        try:
            while not leaving.is_set() and (told := self.play_next()) is not None:
                leaving.wait(_pause_s(told))
        except (OperationalError, OjakError) as error:
            log.error("story stopped: %s", where(error))
        finally:
            leaving.set()
            bell.ring("board", 0)  # the buttons change
            connections.close_all()

    def _play(self, number: int) -> Told:
        languages = [code for code, _ in settings.LANGUAGES]
        told = story.play(self.name, number, languages=languages)
        self._keep([*self._kept(), told[languages[0]].ok])
        self.told = told
        bell.ring("board", inbox.head())
        return told

    def _kept(self) -> list[bool | None]:
        if self._outcomes is None:
            self._outcomes = json.loads(self._file.read_text()) if self._file.exists() else []
        return self._outcomes

    def _keep(self, outcomes: list[bool | None]) -> None:
        header.replace(self._file, json.dumps(outcomes).encode())
        self._outcomes = outcomes

    @property
    def _file(self) -> Path:
        return Path(settings.HOME) / f"{self.name}.played"


def _pause_s(told: Told) -> float:
    return max(PAUSE_S, len(told["en"].sentence) / READ_PER_S)


STAGES: Final = {name: Stage(name) for name in story.STORIES}


def on(name: str) -> Stage:
    """The stage of a story. Another name, or a world in which another was begun: `Refused`."""
    if name not in STAGES:
        raise Refused("demo.unknown_story")
    if any(stage.next for other, stage in STAGES.items() if other != name):
        raise Refused("demo.another_story")
    return STAGES[name]


def current() -> Stage:
    """Of the story that was begun, else of the one the buttons play."""
    return next((stage for stage in STAGES.values() if stage.next), STAGES[STORY])
