"""Find, as a page and as the answers of the palette; what is looked for stands in no address."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ojakgyo.apps.home.commands import Command, commands
from ojakgyo.apps.home.finding import Found, Hit, find, persons
from ojakgyo.apps.people import seeking
from ojakgyo.apps.people.seeking import Progress
from ojakgyo.domain.errors import Refused
from ojakgyo.web.rendering import page

LONGEST = 100
PIECE_S = 0.04
"""So long a request opens names before it answers; the page asks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    """`names`: whose real name fitted, None where none was looked for; `progress`: names opened so far, while it lasts."""

    what: str = ""
    found: Found = field(default_factory=Found)
    commands: tuple[Command, ...] = ()
    names: tuple[Hit, ...] | None = None
    too_many: int = 0
    progress: Progress | None = None
    wrong: str | None = None
    left: int = 0


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Looked at, it lists the screens; sent, it answers."""
    what = _what(request)
    found = find(request.desk, what) if request.method == "POST" else Found()
    return _page(request, what=what, found=found, commands=commands(what))


@sensitive_post_parameters()
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """For the palette, as it is typed; nobody's name is looked for."""
    what = _what(request)
    shown = FindPage(what=what, found=find(request.desk, what), commands=commands(what))
    return page(request, "home/find_answers.html", None, {"page": shown})


@sensitive_post_parameters()
@require_POST
def names(request: HttpRequest) -> HttpResponse:
    """Look among the names of one's own cells, on purpose: that it was done is written down."""
    what, held = _what(request), seeking.held_names(request.opened)
    try:
        seeking.demand_enough(what)
        if not seeking.looks_left(request.desk):
            raise Refused("people.search_spent")
        progress = seeking.open_names(request.desk, held, within_s=PIECE_S)
        if not progress.complete:
            return _page(request, what=what, progress=progress)
        fitting = seeking.fitting(held, what)
        shown = seeking.look_for_name(request.desk, fitting=fitting)
    except Refused as refused:
        return _page(request, what=what, wrong=refused.code, status=409)
    too_many = len(fitting) if len(fitting) > len(shown) else 0
    return _page(request, what=what, names=persons(request.desk, shown), too_many=too_many)


@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    return page(request, "home/help.html", None, {})


def _what(request: HttpRequest) -> str:
    return request.POST.get("what", "").strip()[:LONGEST]


def _page(request: HttpRequest, *, status: int = 200, **values: object) -> HttpResponse:
    left = seeking.looks_left(request.desk)
    shown = FindPage(left=left, **values)  # type: ignore[arg-type]
    return page(request, "home/find.html", "looking", {"page": shown}, status=status)
