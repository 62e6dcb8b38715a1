"""Stretching a password, two at a time: many sign-ins at once wait, and take no more memory than two."""

import secrets
import threading
from typing import Final

from django.conf import settings

from ojakgyo.domain.sealing import stretching
from ojakgyo.domain.sealing.stretching import FLOOR, SALT, SIGN_IN, Cost

_two_at_a_time: Final = threading.BoundedSemaphore(2)


def sign_in_cost() -> Cost:
    return FLOOR if settings.OJAK_KDF_FLOOR else SIGN_IN


def stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes. Never inside a transaction: it takes a fifth of a second and more."""
    with _two_at_a_time:
        return stretching.stretch(password, salt, cost)


def stretch_pin(pin: str, salt: bytes) -> bytes:
    """32 bytes, at the least cost: three tries are all there are."""
    return stretch(pin, salt, FLOOR)


def pretend(password: str) -> None:
    """The work of a sign-in for a name nobody has, so that the time does not tell who exists."""
    stretch(password, secrets.token_bytes(SALT), sign_in_cost())
