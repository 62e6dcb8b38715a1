"""What is typed and chosen about a warning, or about what somebody saw."""

from django import forms

from ojakgyo.domain.facts import Answer, CloseReason, Credibility, Reliability, ReportKind, RouteKind


def _choices(members: type) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in members]  # type: ignore[attr-defined]


class ToldForm(forms.Form):
    """An empty route: spoken in the window."""

    route = forms.TypedChoiceField(
        choices=[("", ""), *_choices(RouteKind)], coerce=RouteKind, empty_value=None, required=False
    )
    answer = forms.TypedChoiceField(choices=_choices(Answer), coerce=Answer)


class CloseForm(forms.Form):
    reason = forms.TypedChoiceField(choices=_choices(CloseReason), coerce=CloseReason)


class ReportForm(forms.Form):
    about = forms.CharField(max_length=60)
    source = forms.CharField(max_length=60, required=False)
    report = forms.TypedChoiceField(choices=_choices(ReportKind), coerce=ReportKind)
    reliability = forms.TypedChoiceField(choices=_choices(Reliability), coerce=Reliability)
    credibility = forms.TypedChoiceField(choices=_choices(Credibility), coerce=Credibility)
    since = forms.TimeField(input_formats=["%H:%M"], required=False)
