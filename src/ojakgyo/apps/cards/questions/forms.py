"""What is typed about private questions."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.cards.questions.values import Asked
from ojakgyo.domain.cards import questions

WORDS: Final = 300
SAID: Final = 200
ANSWERS: Final = 6


class QuestionForm(forms.Form):
    """A question, and its true answers, one a line: the ways in which the same truth may be said."""

    words = forms.CharField(max_length=WORDS, required=False)
    answers = forms.CharField(max_length=ANSWERS * SAID, required=False)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not questions.prepared(words):
            raise ValidationError("", code="cards.question_unclear")
        return words

    def clean_answers(self) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data["answers"].splitlines() if line.strip())
        if not 0 < len(lines) <= ANSWERS or not all(len(line) <= SAID and questions.will_do(line) for line in lines):
            raise ValidationError("", code="cards.question_unclear")
        return lines

    def asked(self) -> Asked:
        """Of a form that is valid."""
        return Asked(self.cleaned_data["words"], self.cleaned_data["answers"])


class WhichForm(forms.Form):
    """Which question is meant, by its number."""

    question = forms.IntegerField(min_value=1, max_value=2**53)
