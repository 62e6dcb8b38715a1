"""What is typed and chosen about officers."""

from django import forms

from ojakgyo.domain.values.roles import OfficerRole

ROLES = [(role.value, role.value) for role in OfficerRole]


class EnrolForm(forms.Form):
    """An empty password: one is drawn."""

    code_name = forms.CharField(max_length=60)
    roles = forms.TypedMultipleChoiceField(choices=ROLES, coerce=OfficerRole, required=False)
    password = forms.CharField(max_length=1_000, strip=False, required=False)


class RoleForm(forms.Form):
    """Which of its buttons was pressed: the role it gives, or the role it withdraws."""

    give = forms.TypedChoiceField(choices=ROLES, coerce=OfficerRole, required=False, empty_value=None)
    withdraw = forms.TypedChoiceField(choices=ROLES, coerce=OfficerRole, required=False, empty_value=None)


class RemovalForm(forms.Form):
    """How likely it is held that what the officer knew is known to others, in percent."""

    chance = forms.IntegerField(min_value=0, max_value=100)


class HouseKeysForm(forms.Form):
    """New words of the house, shown before and typed back; an opener's own password keeps their way in."""

    words = forms.CharField(max_length=1_000)
    again = forms.CharField(max_length=1_000)
    own_password = forms.CharField(max_length=1_000, strip=False, required=False)
