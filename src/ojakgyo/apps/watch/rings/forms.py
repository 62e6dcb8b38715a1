"""What is typed and chosen about an act that is only planned."""

from datetime import date

from django import forms

from ojakgyo.apps.watch.rings.values import RISK, RISKS
from ojakgyo.domain.exposure.planned import PlannedAct


class WhoForm(forms.Form):
    """A code name, or its opening letters."""

    who = forms.CharField(max_length=60)


class RiskForm(forms.Form):
    """Percent; nothing that is offered: the usual."""

    risk = forms.TypedChoiceField(choices=[(str(each), each) for each in RISKS], coerce=int)

    def chosen(self) -> int:
        return int(self.cleaned_data["risk"]) if self.is_valid() else RISK


class ActForm(forms.Form):
    """`other`: a code name. `when` left out: today."""

    act = forms.TypedChoiceField(choices=[(each.value, each.value) for each in PlannedAct], coerce=PlannedAct)
    other = forms.CharField(max_length=60)
    when = forms.DateField(input_formats=["%Y-%m-%d"], required=False)

    def __init__(self, data: object, *, first: date, last: date) -> None:
        super().__init__(data)
        self._first, self._last = first, last

    def clean_when(self) -> date | None:
        when: date | None = self.cleaned_data["when"]
        if when is not None and not self._first <= when <= self._last:
            raise forms.ValidationError("", code="watch.plan_too_far")
        return when
