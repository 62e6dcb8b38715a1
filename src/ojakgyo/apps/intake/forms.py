"""What is chosen about a file: the file itself, its letters, and what each column holds."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from ojakgyo.domain.intake import heads
from ojakgyo.domain.intake.columns import COLUMNS, Column, DateOrder, Layout, SheetKind
from ojakgyo.domain.intake.sheets import Table

ENCODINGS: Final = ("utf-8", "cp949", "gb18030", "utf-16")
COUNTRIES: Final = ("CN", "KR", "KP", "TH", "LA", "VN", "MN", "RU", "JP", "US")
"""Where numbers may be dialled that are written without their country."""


class FileForm(forms.Form):
    """`encoding` empty: the file itself says it, or somebody is asked."""

    sheet = forms.FileField(allow_empty_file=True)
    encoding = forms.ChoiceField(choices=[("", ""), *((each, each) for each in ENCODINGS)], required=False)


class EncodingForm(forms.Form):
    encoding = forms.ChoiceField(choices=[(each, each) for each in ENCODINGS])


class LayoutForm(forms.Form):
    """One sheet: what it is about, and the column each of its columns is. Another sort of sheet is guessed anew."""

    about = forms.ChoiceField(choices=[("", ""), *((kind.value, kind.value) for kind in SheetKind)], required=False)
    order = forms.ChoiceField(choices=[("", ""), *((each.value, each.value) for each in DateOrder)], required=False)
    country = forms.ChoiceField(choices=[("", ""), *((each, each) for each in COUNTRIES)], required=False)
    hidden = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, Any], *, table: Table, before: Layout) -> None:
        super().__init__(data, prefix=f"s{table.number}")
        self.table, self.before = table, before

    def layout(self) -> Layout | None:
        """None where something that cannot be chosen was."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data
        kind = SheetKind(chosen["about"]) if chosen["about"] else None
        return Layout(
            kind,
            self._columns(kind),
            DateOrder(chosen["order"]) if chosen["order"] else None,
            chosen["country"] or None,
            chosen["hidden"],
        )

    def _columns(self, kind: SheetKind | None) -> Mapping[int, Column]:
        if kind is None:
            return {}
        if kind is not self.before.kind:
            return heads.guess(self.table.heads, kind)
        allowed, said = {each.value for each in COLUMNS[kind]}, {}
        for at in range(1, len(self.table.heads) + 1):
            if (column := self.data.get(self.add_prefix(f"c{at}"), "")) in allowed:
                said[at] = Column(column)
        return said


def layouts(data: Mapping[str, Any], tables: Sequence[Table], before: Sequence[Layout]) -> list[Layout] | None:
    """One for each sheet; None where something that cannot be chosen was."""
    made = [LayoutForm(data, table=table, before=each).layout() for table, each in zip(tables, before, strict=True)]
    return None if any(each is None for each in made) else [each for each in made if each is not None]
