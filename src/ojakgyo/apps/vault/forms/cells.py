"""What is chosen about cells."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.vault.values import Side
from ojakgyo.domain.values import ids


class IdChoice(forms.CharField):
    """A written id of one kind."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        super().__init__(max_length=20)

    def clean(self, value: object) -> int:
        try:
            return ids.parse_kind(self.letter, str(value))
        except ValueError:
            raise ValidationError("no such id") from None


class FoundForm(forms.Form):
    """`like`: a cell whose area the new one has."""

    side = forms.TypedChoiceField(choices=[(side.value, side.value) for side in Side], coerce=Side)
    number = forms.IntegerField(min_value=1, max_value=999)
    like = IdChoice("c")


class MemberForm(forms.Form):
    officer = IdChoice("o")
