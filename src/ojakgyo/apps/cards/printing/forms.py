"""What is chosen where cards are printed."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.domain.facts import PrintForm
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId


class PrintingForm(forms.Form):
    """`cards` come as several fields of one name. `warned`: that the warning of the page was read."""

    form = forms.ChoiceField(choices=[(each.value, each.value) for each in PrintForm])
    warned = forms.BooleanField(required=False)

    def clean_form(self) -> PrintForm:
        return PrintForm(self.cleaned_data["form"])


def cards_of(written: list[str]) -> tuple[CardId, ...]:
    """The cards that were ticked, in their order; what is no card: ``ValidationError``."""
    try:
        return tuple(CardId(ids.parse_kind("k", each)) for each in written)
    except ValueError:
        raise ValidationError("", code="house.input_refused") from None
