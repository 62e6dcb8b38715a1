"""The working part of a person's page: each form ends in one agreement, and the page again. For who holds the cell's key."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ojakgyo.apps.contact import persons
from ojakgyo.apps.contact.agreements import acts, groups, rehearsing
from ojakgyo.apps.contact.agreements.forms import (
    AsideForm,
    GroupForm,
    LineForm,
    MissForm,
    NoticerForm,
    OtherLineForm,
    PatternForm,
    PlanForm,
    RouteForm,
    TypedForm,
)
from ojakgyo.apps.contact.outages import acts as misses
from ojakgyo.apps.network.actions import record_line
from ojakgyo.apps.people import queries as people
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.rendering import page

F = TypeVar("F", bound=TypedForm)
T = TypeVar("T")


@require_POST
def plan(request: HttpRequest, person: str) -> HttpResponse:
    """Windows that follow by themselves, or this one alone."""
    return _agreed(request, person, PlanForm, _plan, part="plan")


def _plan(desk: Desk, person: PersonId, form: PlanForm) -> object:
    if (agreed := form.plan()) is not None:
        return acts.agree_plan(
            desk,
            person=person,
            first=agreed.first,
            every_days=agreed.every_days,
            length_ms=agreed.length_ms,
            grace_ms=agreed.grace_ms,
        )
    window = _wanted(form.window())
    return acts.agree_window(desk, person=person, opens=window.opens, closes=window.closes, grace_ms=window.grace_ms)


@require_POST
def pattern(request: HttpRequest, person: str) -> HttpResponse:
    """Windows by a wall clock: a pattern, or a rule that a calendar gave."""

    def agree(desk: Desk, own: PersonId, form: PatternForm) -> object:
        return acts.agree_pattern(desk, person=own, plan=form.pattern())

    return _agreed(request, person, PatternForm, agree, part="pattern")


@require_POST
def end_plan(request: HttpRequest, person: str) -> HttpResponse:
    return _agreed(request, person, TypedForm, lambda desk, own, _: acts.end_plan(desk, person=own), part="plan")


@require_POST
def route(request: HttpRequest, person: str) -> HttpResponse:
    return _agreed(request, person, RouteForm, _route, part="route")


def _route(desk: Desk, person: PersonId, form: RouteForm) -> object:
    new = _wanted(form.new_route())
    return acts.agree_route(
        desk,
        person=person,
        kind=new.kind,
        through=new.through,
        delay_ms=new.delay_ms,
        exposes=new.exposes,
        from_minute=new.from_minute,
        to_minute=new.to_minute,
        rehearsed=new.rehearsed,
    )


@require_POST
def drop_route(request: HttpRequest, person: str, number: int) -> HttpResponse:
    def drop(desk: Desk, own: PersonId, form: TypedForm) -> object:
        return acts.drop_route(desk, person=own, route=number)

    return _agreed(request, person, TypedForm, drop, part="route")


@require_POST
def rehearse_route(request: HttpRequest, person: str, number: int) -> HttpResponse:
    def tried(desk: Desk, own: PersonId, form: TypedForm) -> object:
        return rehearsing.rehearse_route(desk, person=own, route=number)

    return _agreed(request, person, TypedForm, tried, part="route")


@require_POST
def explain_miss(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """Why they were not heard in a window has become known."""

    def explain(desk: Desk, own: PersonId, form: MissForm) -> object:
        return misses.explain_miss(desk, person=own, window=number, cause=form.cleaned_data["cause"])

    return _agreed(request, person, MissForm, explain, part="history")


@require_POST
def noticer(request: HttpRequest, person: str) -> HttpResponse:
    return _agreed(request, person, NoticerForm, _noticer, part="noticer")


def _noticer(desk: Desk, person: PersonId, form: NoticerForm) -> object:
    new = _wanted(form.new_noticer())
    return acts.agree_noticer(desk, person=person, noticer=new.noticer, delay_ms=new.delay_ms)


@require_POST
def group(request: HttpRequest, person: str) -> HttpResponse:
    """Who is heard of through this person."""

    def agree(desk: Desk, own: PersonId, form: GroupForm) -> object:
        return groups.agree_group(desk, speaker=own, members=form.cleaned_data["members"])

    return _agreed(request, person, GroupForm, agree, part="group")


@require_POST
def aside(request: HttpRequest, person: str) -> HttpResponse:
    return _agreed(request, person, AsideForm, _aside, part="aside")


def _aside(desk: Desk, person: PersonId, form: AsideForm) -> object:
    new = _wanted(form.new_aside())
    return acts.agree_stand_aside(
        desk, person=person, aside=new.aside, confirms=new.confirms, adults=new.adults, children=new.children
    )


@sensitive_post_parameters()
@require_POST
def line(request: HttpRequest, person: str) -> HttpResponse:
    return _agreed(request, person, LineForm, _line, part="line")


def _line(desk: Desk, person: PersonId, form: LineForm) -> object:
    return record_line(desk, holder=person, number=_wanted(form.number()))


@sensitive_post_parameters()
@require_POST
def other_line(request: HttpRequest, person: str) -> HttpResponse:
    """Mail, or word of mouth."""

    def keep(desk: Desk, own: PersonId, form: OtherLineForm) -> object:
        return record_line(desk, holder=own, number=form.address, kind=form.cleaned_data["kind"])

    return _agreed(request, person, OtherLineForm, keep, part="other_line")


def _wanted(typed: T | None) -> T:
    """What the form is there for: left empty, it agrees nothing."""
    if typed is None:
        raise Refused("house.field_missing")
    return typed


def _agreed(
    request: HttpRequest, written: str, form: type[F], act: Callable[[Desk, PersonId, F], object], *, part: str
) -> HttpResponse:
    """Do it and lead back to the page; what is wrong is said beside the form it was typed in."""
    person = _id(written)
    try:
        cell = persons.cell_held(request.desk, person)
        if people.named(person).forgotten:
            raise Refused("people.forgotten", person=person)
        typed = form(request.desk, request.POST, cell=cell, of=person)
        if not typed.is_valid():
            return _page(request, person, faults=typed.faults, part=part, status=422)
        act(request.desk, person, typed)
    except NotHeld as refused:
        return _page(request, person, faults={"form": refused.code}, part=part, status=403)
    except Refused as refused:
        return _page(request, person, faults={"form": refused.code}, part=part, status=409)
    return HttpResponseRedirect(f"/people/{written}/?agreed#{part}")


def _page(request: HttpRequest, person: PersonId, *, faults: dict[str, str], part: str, status: int) -> HttpResponse:
    values = {
        "page": persons.person_page(request.desk, person=person),
        "faults": faults,
        "part": part,
        "typed": request.POST,
    }
    return page(request, "contact/person.html", None, values, status=status)


def _id(written: str) -> PersonId:
    try:
        return PersonId(ids.parse_kind("p", written))
    except ValueError:
        raise Refused("house.not_found") from None
