"""The hours around now, and the next three days."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.hours.queries import days, hours_by_cell, strip
from ojakgyo.apps.contact.silences.queries import silent_before
from ojakgyo.web.rendering import page


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    found = strip(request.desk, ears=hearing.ears())
    longer = silent_before(request.desk, found.begins)
    return page(request, "contact/strip.html", None, {"hours": found, "longer": longer})


@require_safe
def show_days(request: HttpRequest) -> HttpResponse:
    found = days(request.desk, ears=hearing.ears())
    return page(request, "contact/days.html", None, {"hours": found, "cells": hours_by_cell(request.desk, found)})
