"""The buttons of the practice band, and the few pages behind it. Mounted in practice worlds only."""

import re
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.views.decorators.http import require_POST, require_safe

from ojakgyo.apps.alerts import outlets
from ojakgyo.apps.alerts.queries import caught
from ojakgyo.apps.vault import cookies, queries
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.demo import officers, playing
from ojakgyo.demo.forms import GuideForm, SeatForm, StoryForm
from ojakgyo.demo.values import Left, SinkPage
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.names import codename
from ojakgyo.web.rendering import page

PAGES: Final = re.compile(
    r"/(?:now|log|cards|watch/w_\w{13}|people/p_\w{13}|practice/(?:sink|reset|real)"
    r"|vault(?:/(?:officers(?:/(?:new|o_\w{13}))?|cells(?:/c_\w{13})?|requests(?:/t_\w{13})?|you|sessions|backups))?)/"
)


@require_safe
def bar(request: HttpRequest) -> HttpResponse:
    """The band's inside, fetched again whenever the board changes."""
    return page(request, "demo/bar.html", "bar", {})


@require_POST
def play(request: HttpRequest) -> HttpResponse:
    form = StoryForm(request.POST)
    if not form.is_valid():
        raise Refused("demo.unknown_story")
    stage = playing.on(form.cleaned_data["story"]) if form.cleaned_data["story"] else playing.current()
    stage.start()
    return _back(request)


@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    playing.current().pause()
    return _back(request)


@require_POST
def play_next(request: HttpRequest) -> HttpResponse:
    """The next event, and the page to look at for it."""
    told = playing.current().play_next()
    return _back(request) if told is None else HttpResponseRedirect(told[request.language].link)


@require_POST
def guide(request: HttpRequest) -> HttpResponse:
    form = GuideForm(request.POST)
    if not form.is_valid():
        raise Refused("house.input_refused")
    playing.current().guide = form.cleaned_data["guide"] == "on"
    return _back(request)


@require_POST
def be(request: HttpRequest) -> HttpResponse:
    """Sit down as another officer, by the password that lies beside the vault."""
    form = SeatForm(request.POST)
    if not form.is_valid():
        raise Refused("house.input_refused")
    who = form.cleaned_data["who"]
    token = sessions.sign_in(code_name=codename.parse(who), password=officers.password(who))
    sessions.sign_out(token=cookies.session(request) or "")
    rotate_token(request)
    response = _back(request)
    cookies.give_session(response, request, token)
    return response


@require_safe
def sink(request: HttpRequest) -> HttpResponse:
    """What would have left this world."""
    names = {each.id: each.code_name for each in queries.officers(request.desk)}
    left = caught()
    shown = SinkPage(
        calls=tuple(
            Left(to=names[each.officer], way=WayKind(each.kind.value), at=each.at)
            for each in left
            if each.officer is not None
        ),
        subject=outlets.SUBJECT,
        body=outlets.BODY,
        pinged=next((each.at for each in left if each.officer is None), None),
    )
    return page(request, "demo/sink.html", "sink", {"page": shown})


@require_safe
def reset(request: HttpRequest) -> HttpResponse:
    return page(request, "demo/reset.html", None, {})


@require_safe
def real(request: HttpRequest) -> HttpResponse:
    return page(request, "demo/real.html", None, {})


def _back(request: HttpRequest) -> HttpResponse:
    """To the page whose button was pressed; a page that cannot be fetched again leads to the one above it."""
    was = PAGES.match(urlsplit(request.headers.get("Referer", "")).path)
    return HttpResponseRedirect(was.group() if was else "/now/")
