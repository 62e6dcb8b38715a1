"""Language and theme."""

from django import forms
from django.conf import settings

from ojakgyo.apps.vault.cookies import THEMES


class NextForm(forms.Form):
    next = forms.CharField(max_length=200, required=False)


class LanguageForm(NextForm):
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class ThemeForm(NextForm):
    theme = forms.ChoiceField(choices=[(name, name) for name in THEMES])
