"""How long the desk keeps still."""

from typing import Final

from django import forms

HOURS: Final = (1, 3, 6, 12, 24, 48, 72)


class RadioForm(forms.Form):
    hours = forms.TypedChoiceField(choices=[(each, each) for each in HOURS], coerce=int)
