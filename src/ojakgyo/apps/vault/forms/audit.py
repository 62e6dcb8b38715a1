"""What is looked for on the audit page, and which request an export is made for."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.vault.showing import AREAS
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import OfficerId, TokenId


class LookForm(forms.Form):
    everything = forms.BooleanField(required=False)
    officer = forms.CharField(max_length=20, required=False)
    area = forms.ChoiceField(choices=[("", ""), *((area, area) for area in AREAS)], required=False)
    day = forms.DateField(required=False)
    before = forms.IntegerField(min_value=1, required=False)

    def clean_officer(self) -> OfficerId | None:
        written = self.cleaned_data["officer"]
        return OfficerId(_parsed("o", written)) if written else None


class ExportForm(forms.Form):
    request = forms.CharField(max_length=20)

    def clean_request(self) -> TokenId:
        return TokenId(_parsed("t", self.cleaned_data["request"]))


def _parsed(letter: str, written: str) -> int:
    try:
        return ids.parse_kind(letter, written)
    except ValueError:
        raise ValidationError("", code="house.input_refused") from None
