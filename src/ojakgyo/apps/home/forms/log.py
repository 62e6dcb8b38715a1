"""What is sent from the log page about one line."""

from django import forms

from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import MessageId, PersonId

LONGEST_LINE = 200


class LineForm(forms.Form):
    """A code name and six digits; `who`: the one picked, where the name fits several. `asked`: the line that was asked
    about, which is kept if it has not been changed.
    """

    line = forms.CharField(max_length=LONGEST_LINE)
    who = forms.CharField(max_length=20, required=False)
    asked = forms.CharField(max_length=LONGEST_LINE, required=False)

    def clean_who(self) -> PersonId | None:
        written = self.cleaned_data["who"]
        return PersonId(_id("p", written)) if written else None


class UndoForm(forms.Form):
    """The line to be taken back."""

    message = forms.CharField(max_length=20)

    def clean_message(self) -> MessageId:
        return MessageId(_id("m", self.cleaned_data["message"]))


def _id(kind: str, written: str) -> int:
    try:
        return ids.parse_kind(kind, written)
    except ValueError:
        raise forms.ValidationError("", code="house.not_found") from None
