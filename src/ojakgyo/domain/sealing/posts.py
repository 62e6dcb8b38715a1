"""What a machine signs when it hands something in: its raw bytes and the time behind them, under a key both know."""

import hmac
import re
from collections.abc import Callable
from typing import Final

from ojakgyo.domain.sealing import primitives

LETTERS: Final = 26
"""Of a key: 130 bits, and few enough to be typed into a phone."""
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"[0-9a-fA-F]{64}")


def drawn_key(randomness: Callable[[int], bytes]) -> str:
    """A fresh key as it is typed: Crockford base32 in lower case. `randomness(n)`: n random bytes."""
    return "".join(_ALPHABET[byte & 31] for byte in randomness(LETTERS))


def signature(key: str, body: bytes, time: str) -> str:
    """Hexadecimal HMAC-SHA-256 over the body and, behind it, the time: whole seconds of UTC since 1970, in digits."""
    return primitives.mac(key.encode(), body + time.encode()).hex()


def signed_at(key: str, body: bytes, *, time: str, given: str) -> int | None:
    """The second it was signed in; None where the signature does not hold, or one of the two is written otherwise.

    Only digits are a time: else a body cut short and a longer time would be signed alike.
    """
    if not _TIME.fullmatch(time) or not _SIGNATURE.fullmatch(given):
        return None
    held = hmac.compare_digest(signature(key, body, time), given.lower())
    return int(time) if held else None
