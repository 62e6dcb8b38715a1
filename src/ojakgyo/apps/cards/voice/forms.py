"""What is typed and chosen during a call."""

from django import forms

from ojakgyo.domain.facts import DeskWord

LONGEST = 200


class WordForm(forms.Form):
    """Which word was said, and by which row: `noted-5`."""

    said = forms.RegexField(regex=rf"\A({'|'.join(DeskWord)})-([0-9]{{1,4}})\Z")

    def clean_said(self) -> tuple[DeskWord, int]:
        word, _, row = self.cleaned_data["said"].partition("-")
        return DeskWord(word), int(row)


class AnswerForm(forms.Form):
    """What was heard: digits in any script, or numerals as they were said. `asked`: the answer that was asked about, which
    is kept if it has not been changed.
    """

    heard = forms.CharField(max_length=LONGEST)
    asked = forms.CharField(max_length=LONGEST, required=False)
