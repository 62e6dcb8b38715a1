"""What was heard, typed."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.cards.questions.forms import SAID, WhichForm
from ojakgyo.domain.cards import questions


class AnswerForm(WhichForm):
    said = forms.CharField(max_length=SAID)

    def clean_said(self) -> str:
        """Nothing but signs is no answer: a finger, not a person."""
        said: str = self.cleaned_data["said"]
        if not questions.prepared(said):
            raise ValidationError("", code="house.field_missing")
        return said
