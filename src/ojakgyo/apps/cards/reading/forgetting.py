"""What a reading kept for a while goes by itself: texts that waited for a second one, and counts of bad ones."""

from ojakgyo.apps.cards.models import BadText, Match
from ojakgyo.apps.chronicle.duties import due_duty
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant


@due_duty("cards.forget_match", lag_limit_ms=HOUR_MS)
def forget_match(desk: Desk, *, about: int, due: Instant) -> None:
    """No second row came in time."""
    Match.objects.filter(message=about).delete()


@due_duty("cards.forget_bad_texts", lag_limit_ms=HOUR_MS)
def forget_bad_texts(desk: Desk, *, about: int, due: Instant) -> None:
    """Thirty days after the end of this day; `about` counts days since 1970."""
    BadText.objects.filter(at_ms__lt=(about + 1) * DAY_MS).delete()
