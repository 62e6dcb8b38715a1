"""What is typed where two officers have signed."""

from django import forms


class CarryOutForm(forms.Form):
    """`turn`: whether the keys of the house are drawn anew too; for an opener they always are."""

    turn = forms.BooleanField(required=False)
