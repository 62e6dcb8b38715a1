"""The page that says whom to tell first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ojakgyo.apps.watch.telling import queries
from ojakgyo.web.rendering import page


@require_safe
def show_plan(request: HttpRequest) -> HttpResponse:
    callers = _callers(request.GET.get("callers", ""))
    first = queries.first(request.desk, callers=callers)
    hidden = first is None and queries.is_hidden(request.desk)
    values = {"first": first, "hidden": hidden, "callers": callers, "choices": CHOICES}
    return page(request, "watch/plan.html", None, values)


CHOICES = range(1, queries.MOST_CALLERS + 1)


def _callers(written: str) -> int:
    """Anything else than a number on the page is one."""
    return int(written) if written in map(str, CHOICES) else 1
