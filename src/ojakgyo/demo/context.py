"""Puts the practice band's buttons on every page of somebody who is signed in."""

from itertools import takewhile
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import get_language, pgettext

from ojakgyo.apps.vault.values import SignedIn
from ojakgyo.demo import playing, story
from ojakgyo.demo.cast import GuideLine, people
from ojakgyo.demo.playing import STORY, Stage
from ojakgyo.demo.values import Bar, Guided, Seat, Sort
from ojakgyo.web.words import code_name

LOG: Final = "/log/"
SORTS: Final = {None: Sort.TOLD, True: Sort.MET, False: Sort.MISSING}


def practice(request: HttpRequest) -> dict[str, object]:
    """`bar` and the template that draws it; nothing for who is not signed in."""
    officer = getattr(request, "officer", None)
    if officer is None:
        return {}
    return {"practice_bar": "demo/bar.html", "bar": bar(officer, path=_path(request))}


def _path(request: HttpRequest) -> str:
    """Of the page that is shown; a part of it says where it stands."""
    return urlsplit(request.headers.get("HX-Current-URL", request.path)).path


def bar(officer: SignedIn, *, path: str) -> Bar:
    stage = playing.current()
    return Bar(
        playing=stage.is_playing,
        begun=stage.next > 0,
        over=stage.is_over,
        score=stage.score,
        guide=stage.guide,
        guided=_guided(stage, officer, path) if stage.guide else None,
        seats=tuple(
            Seat(key=each.key, code_name=each.name, mine=each.name == officer.code_name) for each in people.OFFICERS
        ),
    )


def _guided(stage: Stage, officer: SignedIn, path: str) -> Guided | None:
    """The last sentence of the story, for who may know the reasons; on the log page only what is said about it."""
    if officer.code_name.en != story.AT_THE_DESK or not officer.keys:
        told = pgettext(
            "practice",
            "As %(name)s you see code names, deadlines and owners. Reasons are for safety officers with the key of the cell.",
        )
        return Guided(sentence=told % {"name": code_name(officer.code_name)})
    if path == LOG and (not stage.told or _line(stage).link != LOG):
        return None
    if not stage.told:
        return None if stage.next else Guided(sentence=_opening())
    line = _line(stage)
    page = line.link.partition("#")[0]
    return Guided(sentence=line.sentence, sort=SORTS[line.ok], time=line.time, link=None if page == path else line.link)


def _line(stage: Stage) -> story.Line:
    return stage.told[get_language() or "en"]


def _opening() -> str:
    """What the guide says before anything has happened: the last of the sentences the story opens with."""
    opening = [*takewhile(lambda event: isinstance(event, GuideLine), story.events(STORY))]
    return pgettext("story", opening[-1].msgid) if opening else ""
