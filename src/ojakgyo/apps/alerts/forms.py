"""What is typed about waking. Times are typed as a clock in Seoul shows them."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from ojakgyo.apps.vault.forms.cells import IdChoice
from ojakgyo.domain.facts import WayKind
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.instants import Instant
from ojakgyo.domain.waking import DAY_MINUTES

SEOUL: Final = ZoneInfo("Asia/Seoul")
SEOUL_MINUTES: Final = 9 * 60
WAYS: Final = [(way.value, way.value) for way in WayKind]
LONGEST: Final = 1_000


class WayForm(forms.Form):
    way = forms.TypedChoiceField(choices=WAYS, coerce=WayKind)


class AddressForm(WayForm):
    address = forms.CharField(max_length=LONGEST)


class QuietForm(WayForm):
    """Both empty: no quiet hours."""

    begins = forms.TimeField(required=False, input_formats=["%H:%M"])
    ends = forms.TimeField(required=False, input_formats=["%H:%M"])

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        if (typed.get("begins") is None) is not (typed.get("ends") is None):
            raise ValidationError("", code="alerts.quiet_half")
        return typed

    def minutes(self) -> tuple[int, int]:
        """Of the UTC day; of a form that is valid."""
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        return (0, 0) if begins is None else (_utc_minute(begins), _utc_minute(ends))


def _utc_minute(shown: time) -> int:
    return (shown.hour * 60 + shown.minute - SEOUL_MINUTES) % DAY_MINUTES


class SeoulField(forms.CharField):
    """A day and a time in Seoul, as a browser's own field sends it."""

    def clean(self, value: object) -> Instant:
        try:
            return instants.of(datetime.fromisoformat(super().clean(value)).replace(tzinfo=SEOUL))
        except (ValueError, OverflowError):
            raise ValidationError("", code="contact.time_unreadable") from None


class TurnForm(forms.Form):
    officer = IdChoice("o")
    opens = SeoulField(max_length=30)
    closes = SeoulField(max_length=30)


class DropTurnForm(forms.Form):
    shift = forms.IntegerField(min_value=1)
