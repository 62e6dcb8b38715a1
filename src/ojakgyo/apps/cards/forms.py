"""What is chosen and typed about a card, its holder's lines and their pocket numbers."""

from django import forms

from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import LineId, PersonId, TokenId


class _IdField(forms.CharField):
    """An id of a hidden field or a list."""

    def __init__(self, letter: str) -> None:
        super().__init__(max_length=20)
        self.letter = letter

    def clean(self, value: object) -> int:
        try:
            return ids.parse_kind(self.letter, super().clean(value))
        except ValueError:
            raise forms.ValidationError("", code="house.input_refused") from None


class WhoForm(forms.Form):
    """A code name, as it is typed anywhere."""

    who = forms.CharField(max_length=60)


class PersonForm(forms.Form):
    person = _IdField("p")

    def chosen(self) -> PersonId:
        """Of a form that is valid."""
        return PersonId(self.cleaned_data["person"])


class ShareForm(WhoForm):
    line = _IdField("l")

    def of_line(self) -> LineId:
        return LineId(self.cleaned_data["line"])


class UnshareForm(PersonForm):
    line = _IdField("l")

    def of_line(self) -> LineId:
        return LineId(self.cleaned_data["line"])


class EndForm(forms.Form):
    """The request that two have signed."""

    request = _IdField("t")

    def signed(self) -> TokenId:
        return TokenId(self.cleaned_data["request"])


class SureForm(forms.Form):
    """What cannot be taken back is ticked before it is pressed."""

    sure = forms.BooleanField()


class StopForm(SureForm):
    """Which way the paper went."""

    how = forms.ChoiceField(choices=[(each, each) for each in ("lost", "captured")])
