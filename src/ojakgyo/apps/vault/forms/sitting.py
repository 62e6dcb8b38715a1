"""What is typed before anybody is signed in."""

from django import forms


class GateForm(forms.Form):
    words = forms.CharField(max_length=1_000)


class EnterForm(forms.Form):
    code_name = forms.CharField(max_length=60)
    password = forms.CharField(max_length=1_000, strip=False)
