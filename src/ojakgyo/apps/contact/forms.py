"""What is typed and chosen about a person."""

from django import forms

from ojakgyo.apps.people.values import RealName
from ojakgyo.domain.facts import RevealReason
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import TokenId

OTHER_NAMES = 12


def names_by_line(written: str) -> tuple[str, ...]:
    """One a line, blank ones passed over."""
    lines = tuple(line.strip() for line in written.splitlines() if line.strip())
    if len(lines) > OTHER_NAMES:
        raise forms.ValidationError("", code="house.input_refused")
    return lines


class NameForm(forms.Form):
    """Other names stand one a line."""

    name = forms.CharField(max_length=120)
    aliases = forms.CharField(max_length=1_000, required=False)
    note = forms.CharField(max_length=2_000, required=False)

    def clean_aliases(self) -> tuple[str, ...]:
        return names_by_line(self.cleaned_data["aliases"])

    def real_name(self) -> RealName:
        """Of a form that is valid."""
        typed = self.cleaned_data
        return RealName(typed["name"], typed["aliases"], typed["note"])


class RevealForm(forms.Form):
    reason = forms.TypedChoiceField(choices=[(each.value, each.value) for each in RevealReason], coerce=RevealReason)


class ForgetForm(forms.Form):
    """The request that two have signed."""

    request = forms.CharField(max_length=20)

    def clean_request(self) -> TokenId:
        try:
            return TokenId(ids.parse_kind("t", self.cleaned_data["request"]))
        except ValueError:
            raise forms.ValidationError("", code="house.input_refused") from None
