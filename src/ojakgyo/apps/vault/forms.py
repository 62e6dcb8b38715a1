"""What is typed before anybody is signed in."""

from django import forms
from django.conf import settings

from ojakgyo.apps.vault.cookies import THEMES


class GateForm(forms.Form):
    words = forms.CharField(max_length=1_000)


class EnterForm(forms.Form):
    code_name = forms.CharField(max_length=60)
    password = forms.CharField(max_length=1_000, strip=False)


class NextForm(forms.Form):
    next = forms.CharField(max_length=200, required=False)


class LanguageForm(NextForm):
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class ThemeForm(NextForm):
    theme = forms.ChoiceField(choices=[(name, name) for name in THEMES])
