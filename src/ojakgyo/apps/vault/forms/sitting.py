"""What is typed before anybody is signed in, or while the keys are put down."""

from django import forms


class GateForm(forms.Form):
    words = forms.CharField(max_length=1_000)


class EnterForm(forms.Form):
    """`code`: the one-time code of who has set one up; `pin`: a session PIN to begin with."""

    code_name = forms.CharField(max_length=60)
    password = forms.CharField(max_length=1_000, strip=False)
    code = forms.CharField(max_length=20, required=False)
    pin = forms.CharField(max_length=40, required=False)


class PinForm(forms.Form):
    pin = forms.CharField(max_length=40)
