"""One-time codes as authenticator apps show them: RFC 6238 with SHA-1, steps of 30 seconds, six digits.

A code guards a sign-in, not what lies on the disk: the keys are sealed under the password alone.
"""

import base64
import hmac
import unicodedata
from typing import Final
from urllib.parse import quote, urlencode

from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.values.instants import SECOND_MS, Instant

SEED: Final = 20
"""Bytes of a seed, as many as SHA-1 gives."""
STEP_MS: Final = 30 * SECOND_MS
DIGITS: Final = 6
WINDOW: Final = 1
"""Steps a phone's clock may be off, either way."""


def step_at(now: Instant) -> int:
    """The number of the step that an instant lies in."""
    return now // STEP_MS


def code(seed: bytes, step: int, *, digits: int = DIGITS) -> str:
    return primitives.counted_code(seed, step, digits=digits)


def matching(seed: bytes, typed: str, now: Instant) -> int | None:
    """The step whose code was typed, the newest first; None where it is none of those valid at this moment.

    Blanks between the digits do not count, and digits of full width are digits.
    """
    bare = "".join(unicodedata.normalize("NFKC", typed).split()).encode(errors="replace")
    here = step_at(now)
    steps = range(here + WINDOW, here - WINDOW - 1, -1)
    return max((step for step in steps if hmac.compare_digest(code(seed, step).encode(), bare)), default=None)


def written(seed: bytes) -> str:
    """The seed as it is typed into an app: base32 in groups of four."""
    text = base64.b32encode(seed).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def read(typed: str) -> bytes:
    """The seed that `written` wrote, whatever the blanks and the case; anything else is a ``ValueError``."""
    seed = base64.b32decode("".join(typed.split()).upper())
    if len(seed) != SEED:
        raise ValueError("a seed has 20 bytes")
    return seed


def address(seed: bytes, label: str) -> str:
    """What an app takes from a QR code. `label` is all that a lost phone would tell: no name, no word of what it opens."""
    secret = base64.b32encode(seed).decode()
    return f"otpauth://totp/{quote(label, safe='')}?{urlencode({'secret': secret})}"
