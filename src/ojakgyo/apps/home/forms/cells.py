"""What is chosen about a cell and about areas."""

from django import forms

from ojakgyo.apps.vault.forms.cells import IdChoice
from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.values.ids import PersonId


class LeadForm(forms.Form):
    """Empty: nobody is named."""

    lead = IdChoice("p")
    deputy = IdChoice("p")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.required = False

    def named(self, field: str) -> PersonId | None:
        """Of a form that is valid."""
        return self.cleaned_data[field]


class AreaForm(forms.Form):
    """A coarse stretch of country."""

    side = forms.TypedChoiceField(choices=[(side.value, side.value) for side in Side], coerce=Side)
    number = forms.IntegerField(min_value=1, max_value=99)


class MoveForm(forms.Form):
    area = IdChoice("a")


class FoundForm(forms.Form):
    """A cell in an area."""

    side = forms.TypedChoiceField(choices=[(side.value, side.value) for side in Side], coerce=Side)
    number = forms.IntegerField(min_value=1, max_value=999)
    area = IdChoice("a")
