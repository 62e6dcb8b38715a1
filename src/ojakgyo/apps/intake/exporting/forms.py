"""What is typed where cells are to leave the desk."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.domain.facts import ExportFormat
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId, TokenId


class AskForm(forms.Form):
    """`cells` come as several fields of one name."""

    format = forms.ChoiceField(choices=[(each.value, each.value) for each in ExportFormat])
    cells = forms.TypedMultipleChoiceField(choices=(), coerce=str)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cells"].valid_value = lambda value: True  # type: ignore[attr-defined]

    def clean_format(self) -> ExportFormat:
        return ExportFormat(self.cleaned_data["format"])

    def clean_cells(self) -> frozenset[CellId]:
        return frozenset(CellId(_number("c", each)) for each in self.cleaned_data["cells"])


class MakeForm(forms.Form):
    request = forms.CharField(max_length=20)

    def clean_request(self) -> TokenId:
        return TokenId(_number("t", self.cleaned_data["request"]))


def _number(letter: str, written: str) -> int:
    try:
        return ids.parse_kind(letter, written)
    except ValueError:
        raise ValidationError("", code="house.input_refused") from None
