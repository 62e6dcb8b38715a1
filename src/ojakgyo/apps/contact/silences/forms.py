"""How a silence ended, as it is chosen."""

from django import forms

from ojakgyo.apps.contact.silences.acts import BY_HAND
from ojakgyo.domain.facts import SilenceEnd


class EndForm(forms.Form):
    why = forms.ChoiceField(choices=[(each.value, each.value) for each in BY_HAND])

    def clean_why(self) -> SilenceEnd:
        return SilenceEnd(self.cleaned_data["why"])
