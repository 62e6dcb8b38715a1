"""What an officer types about itself."""

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.domain.sealing import totp
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import TokenId


class ConfirmForm(forms.Form):
    password_again = forms.CharField(max_length=1_000, strip=False)


class PasswordForm(forms.Form):
    old = forms.CharField(max_length=1_000, strip=False)
    new = forms.CharField(max_length=1_000, strip=False)
    again = forms.CharField(max_length=1_000, strip=False)


class FactorForm(forms.Form):
    """The seed as the page showed it, and a code that proves the phone has it."""

    seed = forms.CharField(max_length=100)
    code = forms.CharField(max_length=20, required=False)

    def clean_seed(self) -> bytes:
        try:
            return totp.read(self.cleaned_data["seed"])
        except ValueError:
            raise ValidationError("", code="house.input_refused") from None


class SessionForm(forms.Form):
    session = forms.CharField(max_length=20)

    def clean_session(self) -> TokenId:
        try:
            return TokenId(ids.parse_kind("t", self.cleaned_data["session"]))
        except ValueError:
            raise ValidationError("", code="house.input_refused") from None
