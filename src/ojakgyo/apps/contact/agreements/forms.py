"""What is typed about agreements. Each form may be part of a longer one, so nothing typed is None and no fault by itself.

Times are typed as a clock in Seoul shows them. A fault is a field and a code of the registry.
"""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.contact import graces
from ojakgyo.apps.contact.agreements.values import (
    DAY_MINUTES,
    SEOUL_MINUTES,
    NewAside,
    NewNoticer,
    NewRoute,
    NewWindow,
)
from ojakgyo.apps.contact.numbers import Country, understood
from ojakgyo.apps.network.models import LineKind
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import person_written
from ojakgyo.domain.checkins import patterns
from ojakgyo.domain.checkins.patterns import Pattern
from ojakgyo.domain.checkins.plans import MOST_DAYS, Plan
from ojakgyo.domain.checkins.zones import Zone
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import REGISTRY, Refused
from ojakgyo.domain.facts import Exposes, MissCause, RouteKind, StandAside
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import CellId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS, Instant
from ojakgyo.web import words

SEOUL: Final = ZoneInfo("Asia/Seoul")
LENGTH_MINUTES: Final = 60
DELAY_MINUTES: Final = 60
NOTICE_HOURS: Final = 12
MOST: Final = 99


class TypedForm(forms.Form):
    """A form of the desk: it may ask who bears a code name, and says its faults in codes."""

    def __init__(
        self, desk: Desk, data: object = None, *, cell: CellId | None = None, of: PersonId | None = None
    ) -> None:
        super().__init__(data)
        self.desk, self.cell_given, self.of = desk, cell, of

    @property
    def faults(self) -> dict[str, str]:
        """Field -> error code, for those that must be corrected."""
        return {field: _code(found[0]) for field, found in self.errors.as_data().items()}

    def person(self, field: str) -> PersonId | None:
        """Who is meant by what was typed; nobody, or somebody of a cell that is not held, as in an import: a fault."""
        written = self.cleaned_data.get(field, "")
        if not written:
            return None
        try:
            person = person_written(self.desk, written)
        except Refused as refused:
            raise ValidationError("", code=refused.code) from None
        cell = cells_of([person]).get(person)
        if cell is None or not self.desk.keyring.holds(cell):
            raise ValidationError("", code="vault.not_held")
        return person


def _code(error: ValidationError) -> str:
    if error.code in REGISTRY:
        return str(error.code)
    return "house.field_missing" if error.code == "required" else "house.input_refused"


class MomentField(forms.CharField):
    """A day and a time in Seoul, as a browser's own field sends it."""

    def clean(self, value: object) -> Instant | None:
        written = super().clean(value)
        if not written:
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            raise ValidationError("", code="contact.time_unreadable") from None
        return instants.of(moment.replace(tzinfo=SEOUL))


class TimesForm(TypedForm):
    """How long a window is open, and how long silence is forgiven after it."""

    minutes = forms.IntegerField(min_value=10, max_value=DAY_MINUTES, required=False)
    grace_hours = forms.IntegerField(min_value=1, max_value=240, required=False)

    def clean_minutes(self) -> int:
        return int(self.cleaned_data["minutes"] or LENGTH_MINUTES)

    def cell_of_this(self) -> CellId | None:
        """Whose usual grace counts where none is typed."""
        return self.cell_given

    def _length_ms(self) -> int:
        return int(self.cleaned_data["minutes"]) * MINUTE_MS

    def _grace_ms(self) -> int:
        hours = self.cleaned_data["grace_hours"]
        return graces.usual_ms(self.desk, self.cell_of_this(), self.of) if hours is None else int(hours) * HOUR_MS


class PatternForm(TimesForm):
    """A line of cron, or a rule that a calendar gave; from now on, where it names no beginning of its own."""

    rule = forms.CharField(max_length=400)
    zone = forms.ChoiceField(choices=[(each.value, each.value) for each in Zone])

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        try:
            self.cleaned_data["plan"] = patterns.read(
                self.cleaned_data["rule"],
                zone=self.cleaned_data["zone"],
                first=self.desk.now,
                length_ms=self._length_ms(),
                grace_ms=self._grace_ms(),
                now=self.desk.now,
            )
        except Refused as refused:
            self.add_error("rule", ValidationError("", code=refused.code))

    def pattern(self) -> Pattern:
        """Of a form that is valid."""
        return self.cleaned_data["plan"]


class PlanForm(TimesForm):
    """`every_days` empty: this one window and none after it."""

    first = MomentField(max_length=30, required=False)
    every_days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)

    def clean_first(self) -> Instant | None:
        first = self.cleaned_data["first"]
        if first is not None and first < self.desk.now - DAY_MS:
            raise ValidationError("", code="contact.window_past")
        return Instant(first) if first is not None else None

    def plan(self) -> Plan | None:
        """Of a form that is valid."""
        typed = self.cleaned_data
        if typed["first"] is None or typed["every_days"] is None:
            return None
        return Plan(
            first=typed["first"],
            every_days=typed["every_days"],
            length_ms=self._length_ms(),
            grace_ms=self._grace_ms(),
        )

    def window(self) -> NewWindow | None:
        """The one window, where no plan was typed."""
        typed = self.cleaned_data
        if typed["first"] is None or typed["every_days"] is not None:
            return None
        return NewWindow(opens=typed["first"], length_ms=self._length_ms(), grace_ms=self._grace_ms())

    def clean(self) -> None:
        super().clean()
        typed = self.cleaned_data
        once = typed.get("first") is not None and "minutes" in typed and not typed.get("every_days")
        if once and typed["first"] + typed["minutes"] * MINUTE_MS <= self.desk.now:
            self.add_error("first", ValidationError("", code="contact.window_past"))


class RouteForm(TypedForm):
    """A way to be told outside the window. Hours empty: at any hour."""

    route = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in RouteKind], coerce=RouteKind, required=False, empty_value=None
    )
    through = forms.CharField(max_length=60, required=False)
    delay_minutes = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    exposes = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in Exposes], coerce=Exposes, required=False, empty_value=None
    )
    usable_from = forms.TimeField(required=False)
    usable_to = forms.TimeField(required=False)
    rehearsed = forms.DateField(required=False)

    def clean_through(self) -> PersonId | None:
        return self.person("through")

    def clean(self) -> None:
        super().clean()
        typed = self.cleaned_data
        through_somebody = typed.get("route") in (RouteKind.RELAY, RouteKind.NEIGHBOUR)
        if through_somebody and "through" in typed and typed["through"] is None:
            self.add_error("through", ValidationError("", code="contact.relay_wanted"))

    def new_route(self) -> NewRoute | None:
        """Of a form that is valid."""
        typed = self.cleaned_data
        if typed["route"] is None:
            return None
        first, last = _utc_minutes(typed["usable_from"], typed["usable_to"])
        return NewRoute(
            kind=typed["route"],
            through=typed["through"],
            delay_ms=(typed["delay_minutes"] or DELAY_MINUTES) * MINUTE_MS,
            exposes=typed["exposes"] or _EXPOSES[typed["route"]],
            from_minute=first,
            to_minute=last,
            rehearsed=_noon(typed["rehearsed"]),
        )


_EXPOSES: Final = {
    RouteKind.RELAY: Exposes.THE_RELAY,
    RouteKind.NEIGHBOUR: Exposes.A_MEETING,
    RouteKind.AGREED_LINE: Exposes.THE_LINE,
}
"""What using a route gives away, where nobody says otherwise."""


class NoticerForm(TypedForm):
    noticer = forms.CharField(max_length=60, required=False)
    notice_hours = forms.IntegerField(min_value=1, max_value=240, required=False)

    def clean_noticer(self) -> PersonId | None:
        return self.person("noticer")

    def new_noticer(self) -> NewNoticer | None:
        """Of a form that is valid."""
        typed = self.cleaned_data
        if typed["noticer"] is None:
            return None
        return NewNoticer(noticer=typed["noticer"], delay_ms=(typed["notice_hours"] or NOTICE_HOURS) * HOUR_MS)


class GroupForm(TypedForm):
    """Code names with commas between them; empty: nobody is spoken for any more."""

    members = forms.CharField(max_length=400, required=False)

    def clean_members(self) -> tuple[PersonId, ...]:
        found = []
        for written in filter(None, map(str.strip, self.cleaned_data["members"].split(","))):
            self.cleaned_data["member"] = written
            if (person := self.person("member")) is not None:
                found.append(person)
        return tuple(found)


class MissForm(TypedForm):
    """Why a window was missed."""

    cause = forms.ChoiceField(choices=words.choices(MissCause))

    def clean_cause(self) -> MissCause:
        return MissCause(self.cleaned_data["cause"])


class AsideForm(TypedForm):
    """Somebody with a household and no plan lies low."""

    aside = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in StandAside], coerce=StandAside, required=False, empty_value=None
    )
    confirms = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in RouteKind], coerce=RouteKind, required=False, empty_value=None
    )
    adults = forms.IntegerField(min_value=0, max_value=MOST, required=False)
    children = forms.IntegerField(min_value=0, max_value=MOST, required=False)

    def new_aside(self) -> NewAside | None:
        """Of a form that is valid."""
        typed = self.cleaned_data
        adults, children = typed["adults"] or 0, typed["children"] or 0
        if typed["aside"] is None and not adults and not children:
            return None
        return NewAside(
            aside=typed["aside"] or StandAside.LIE_LOW, confirms=typed["confirms"], adults=adults, children=children
        )


class LineForm(TypedForm):
    """A phone number, with + or as it is dialled in the country chosen."""

    phone = forms.CharField(max_length=40, required=False)
    country = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in Country],
        coerce=Country,
        required=False,
        empty_value=Country.CHINA,
    )

    def clean(self) -> None:
        super().clean()
        typed = self.cleaned_data
        if typed.get("phone"):
            try:
                typed["phone"] = understood(typed["phone"], typed.get("country") or Country.CHINA)
            except Refused as refused:
                self.add_error("phone", ValidationError("", code=refused.code))

    def number(self) -> str | None:
        """Of a form that is valid, in E.164."""
        return self.cleaned_data["phone"] or None


class OtherLineForm(TypedForm):
    """Mail with its address, or word of mouth, to which there is nothing to type."""

    kind = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in (LineKind.MAIL, LineKind.WORD_OF_MOUTH)], coerce=LineKind
    )
    mail = forms.EmailField(max_length=120, required=False)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("kind") is LineKind.MAIL and not self.cleaned_data.get("mail"):
            self.add_error("mail", ValidationError("", code="house.field_missing"))

    @property
    def address(self) -> str:
        """Of a form that is valid: as everybody writes it; empty where there is none."""
        return self.cleaned_data["mail"].lower() if self.cleaned_data["kind"] is LineKind.MAIL else ""


def _utc_minutes(first: time | None, last: time | None) -> tuple[int, int]:
    if first is None or last is None:
        return 0, DAY_MINUTES
    return _utc_minute(first), _utc_minute(last)


def _utc_minute(clock: time) -> int:
    return (clock.hour * 60 + clock.minute - SEOUL_MINUTES) % DAY_MINUTES


def _noon(day: date | None) -> Instant | None:
    return None if day is None else instants.of(datetime.combine(day, time(12), SEOUL))
