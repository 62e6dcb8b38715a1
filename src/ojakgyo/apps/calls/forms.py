"""What is typed and chosen about a call, a meeting or a stay."""

from django import forms

from ojakgyo.domain.facts import CallOutcome, CallReason, LinkKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import AreaId, LineId, PlaceId

LONGEST_S = 3_600


class WhoForm(forms.Form):
    """A code name, or its opening letters."""

    who = forms.CharField(max_length=60)


class OutcomeForm(forms.Form):
    """`seconds`: how long the talk was, as the page's clock or a person says. `line`: where there are several."""

    outcome = forms.TypedChoiceField(choices=[(each.value, each.value) for each in CallOutcome], coerce=CallOutcome)
    seconds = forms.IntegerField(min_value=0, max_value=LONGEST_S, required=False)
    line = forms.CharField(max_length=20, required=False)

    def clean_seconds(self) -> int:
        return self.cleaned_data["seconds"] or 0

    def clean_line(self) -> LineId | None:
        return _id(self.cleaned_data["line"], "l", LineId)


class OverrideForm(forms.Form):
    why = forms.TypedChoiceField(choices=[(each.value, each.value) for each in CallReason], coerce=CallReason)


class MeetingForm(forms.Form):
    """`people`: code names, commas between them. `last` may be left out: one day."""

    people = forms.CharField(max_length=200)
    kind = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in (LinkKind.MET, LinkKind.HOUSED)], coerce=LinkKind
    )
    house = forms.CharField(max_length=20, required=False)
    area = forms.CharField(max_length=20, required=False)
    first = forms.DateField(input_formats=["%Y-%m-%d"])
    last = forms.DateField(input_formats=["%Y-%m-%d"], required=False)
    imprecise = forms.BooleanField(required=False)

    def clean_people(self) -> tuple[str, ...]:
        named = tuple(
            each.strip() for each in self.cleaned_data["people"].replace("、", ",").replace("，", ",").split(",")
        )
        return tuple(each for each in named if each)

    def clean_house(self) -> PlaceId | None:
        return _id(self.cleaned_data["house"], "g", PlaceId)

    def clean_area(self) -> AreaId | None:
        return _id(self.cleaned_data["area"], "a", AreaId)


def _id(written, letter, kind):  # type: ignore[no-untyped-def]
    """The id of a hidden field or a list; nothing chosen: None."""
    if not written:
        return None
    try:
        return kind(ids.parse_kind(letter, written))
    except ValueError:
        raise forms.ValidationError("", code="house.input_refused") from None
