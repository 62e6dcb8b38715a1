"""What is chosen about a new gateway."""

from django import forms

from ojakgyo.apps.contact.channels.taking import SIGNED
from ojakgyo.domain.facts import Channel


class GatewayForm(forms.Form):
    channel = forms.TypedChoiceField(choices=[(each.value, each.value) for each in SIGNED], coerce=Channel)
