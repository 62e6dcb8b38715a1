"""What is typed when a shift changes."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import OfficerId, TokenId

LINE_LENGTH = 300


class HandOverForm(forms.Form):
    """`seen`: which brief was read. `personal`: one line for the two; a second line becomes part of it."""

    to = forms.CharField(max_length=20)
    seen = forms.CharField(max_length=64)
    personal = forms.CharField(max_length=LINE_LENGTH, required=False)

    def clean_to(self) -> OfficerId:
        return OfficerId(_number("o", self.cleaned_data["to"]))

    def clean_personal(self) -> str:
        return " ".join(str(self.cleaned_data["personal"]).split())


class TakeForm(forms.Form):
    shift = forms.CharField(max_length=20)

    def clean_shift(self) -> TokenId:
        return TokenId(_number("t", self.cleaned_data["shift"]))


def _number(letter: str, written: str) -> int:
    try:
        return ids.parse_kind(letter, written)
    except ValueError:
        raise ValidationError("", code="house.input_refused") from None
