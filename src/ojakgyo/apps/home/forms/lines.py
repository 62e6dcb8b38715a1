"""What is typed about a line. Days are days in Seoul."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django import forms

from ojakgyo.domain.facts import LineState
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import Instant

SEOUL: Final = ZoneInfo("Asia/Seoul")
LAST_MINUTE: Final = time(23, 59)
"""It works through the day it is said to expire."""
MORNING: Final = time(9, 0)
FEN: Final = 100


class StateForm(forms.Form):
    state = forms.TypedChoiceField(choices=[(each.value, each.value) for each in LineState], coerce=LineState)


class ChargeForm(forms.Form):
    """Whatever is left empty is not known."""

    expires = forms.DateField(required=False)
    topup = forms.DateField(required=False)
    balance = forms.DecimalField(required=False, min_value=Decimal(0), max_value=Decimal(100_000), decimal_places=2)

    def instant(self, field: str, at: time) -> Instant | None:
        day: date | None = self.cleaned_data[field]
        return None if day is None else instants.of(datetime.combine(day, at, SEOUL))

    @property
    def noted(self) -> dict[str, Instant | int | None]:
        """Of a form that is valid."""
        left: Decimal | None = self.cleaned_data["balance"]
        return {
            "expires": self.instant("expires", LAST_MINUTE),
            "topup": self.instant("topup", MORNING),
            "balance": None if left is None else int(left * FEN),
        }


class HandOnForm(forms.Form):
    """Who has it now, by code name."""

    who = forms.CharField(max_length=60)
