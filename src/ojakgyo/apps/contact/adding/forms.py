"""The one short form for somebody new."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.contact.adding.acts import NewPerson
from ojakgyo.apps.contact.agreements.forms import AsideForm, LineForm, NoticerForm, PlanForm, RouteForm
from ojakgyo.apps.contact.forms import names_by_line
from ojakgyo.apps.network.keeping import taken_names
from ojakgyo.apps.people.values import RealName
from ojakgyo.domain.names import CodeName, codename
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId
from ojakgyo.domain.values.roles import PersonRole


class AddForm(PlanForm, RouteForm, NoticerForm, AsideForm, LineForm):
    """The real name is asked for last, and is no field anybody must fill."""

    code_name = forms.CharField(max_length=60)
    cell = forms.CharField(max_length=20)
    role = forms.TypedChoiceField(
        choices=[(each.value, each.value) for each in PersonRole],
        coerce=PersonRole,
        required=False,
        empty_value=PersonRole.HELPER,
    )
    name = forms.CharField(max_length=120, required=False)
    aliases = forms.CharField(max_length=1_000, required=False)
    note = forms.CharField(max_length=2_000, required=False)

    def clean_code_name(self) -> CodeName:
        name = codename.parse(self.cleaned_data["code_name"])
        if name is None:
            raise ValidationError("", code="vault.code_name_unknown")
        if name in taken_names(self.desk):
            raise ValidationError("", code="vault.code_name_taken")
        return name

    def clean_cell(self) -> CellId:
        try:
            cell = CellId(ids.parse_kind("c", self.cleaned_data["cell"]))
        except ValueError:
            raise ValidationError("", code="house.input_refused") from None
        if not self.desk.keyring.holds(cell):
            raise ValidationError("", code="vault.not_held")
        return cell

    def cell_of_this(self) -> CellId | None:
        return self.cleaned_data.get("cell")

    def clean_aliases(self) -> tuple[str, ...]:
        return names_by_line(self.cleaned_data["aliases"])

    def new_person(self) -> NewPerson:
        """Of a form that is valid."""
        typed = self.cleaned_data
        real = RealName(typed["name"], typed["aliases"], typed["note"]) if typed["name"] else None
        return NewPerson(
            name=typed["code_name"],
            role=typed["role"],
            cell=typed["cell"],
            number=self.number(),
            plan=self.plan(),
            window=self.window(),
            route=self.new_route(),
            noticer=self.new_noticer(),
            aside=self.new_aside(),
            real=real,
        )

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("name") and any(self.cleaned_data.get(each) for each in ("aliases", "note")):
            self.add_error("name", ValidationError("", code="house.field_missing"))
