"""What is typed and chosen about a warning, or about what somebody saw."""

from django import forms

from ojakgyo.domain.facts import Answer, CloseReason, Credibility, Reliability, ReportKind, RouteKind
from ojakgyo.domain.values.instants import DAY_MS, Instant

STANDS_DAYS = (1, 7, 30)
"""So long a report may weigh."""


def _choices(members: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in members]  # type: ignore[attr-defined]


class ToldForm(forms.Form):
    """An empty route: spoken in the window."""

    route = forms.TypedChoiceField(
        choices=[("", ""), *_choices(RouteKind)], coerce=RouteKind, empty_value=None, required=False
    )
    answer = forms.TypedChoiceField(choices=_choices(Answer), coerce=Answer)


class CloseForm(forms.Form):
    """`seen`: number of the newest sign on the page it was sent from."""

    seen = forms.IntegerField(min_value=0, max_value=2**53)
    reason = forms.TypedChoiceField(choices=_choices(CloseReason), coerce=CloseReason)


class ReportForm(forms.Form):
    """What is left out: a usual source, unconfirmed, and it stands for a week."""

    about = forms.CharField(max_length=60)
    source = forms.CharField(max_length=60, required=False)
    report = forms.TypedChoiceField(choices=_choices(ReportKind), coerce=ReportKind)
    reliability = forms.TypedChoiceField(
        choices=_choices(Reliability), coerce=Reliability, empty_value=Reliability.USUAL, required=False
    )
    credibility = forms.TypedChoiceField(
        choices=_choices(Credibility), coerce=Credibility, empty_value=Credibility.UNCONFIRMED, required=False
    )
    since = forms.TimeField(input_formats=["%H:%M"], required=False)
    days = forms.TypedChoiceField(
        choices=[(str(each), each) for each in STANDS_DAYS], coerce=int, empty_value=7, required=False
    )

    def expires(self, now: Instant) -> Instant:
        """Of a form that is valid."""
        return Instant(now + self.cleaned_data["days"] * DAY_MS)
