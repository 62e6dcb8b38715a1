"""The two choices that everybody has: language and theme."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.forms.choices import LanguageForm, NextForm, ThemeForm
from ojakgyo.domain.errors import Refused


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    return _chosen(request, LanguageForm(request.POST), "language")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    return _chosen(request, ThemeForm(request.POST), "theme")


def _chosen(request: HttpRequest, form: NextForm, choice: str) -> HttpResponse:
    if not form.is_valid():
        raise Refused("house.input_refused")
    to = form.cleaned_data["next"]
    response = HttpResponseRedirect(to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/")
    cookies.keep(response, request, choice, form.cleaned_data[choice])
    return response
