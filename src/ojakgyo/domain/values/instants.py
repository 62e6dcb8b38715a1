"""Instants: whole milliseconds of UTC since 1970 in storage, RFC 3339 with seconds and Z outside."""

from datetime import UTC, datetime
from typing import Final, NewType

Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01T00:00Z, leap seconds not counted."""

SECOND_MS: Final = 1_000
MINUTE_MS: Final = 60 * SECOND_MS
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS


def of(moment: datetime) -> Instant:
    """The instant of an aware datetime; a naive one is a ``ValueError``."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is no instant")
    return Instant(round(moment.timestamp() * 1_000))


def aware(instant: int) -> datetime:
    return datetime.fromtimestamp(instant / 1_000, UTC)


def rfc3339(instant: int) -> str:
    """For instance 2026-11-24T19:40:00Z; milliseconds are cut off."""
    return datetime.fromtimestamp(instant // 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse(written: str) -> Instant:
    """The instant of an RFC 3339 text with a zone; anything else is a ``ValueError``."""
    return of(datetime.fromisoformat(written))


def hours(duration_ms: float) -> float:
    return duration_ms / HOUR_MS
