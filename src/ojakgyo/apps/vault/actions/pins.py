"""The session PIN: chosen, and typed after an idle while. There is no row and no fact: it lives and ends with a seat."""

import secrets

from ojakgyo.apps.vault import kdf, queries, tokens
from ojakgyo.apps.vault.seats import seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.sealing import pins
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import Half, OfficerKeys, seal_half
from ojakgyo.domain.sealing.stretching import SALT


def set_pin(desk: Desk, *, token: str, pin: str) -> None:
    """Choose the PIN that brings the keys back in this session; it is kept nowhere but under what it seals."""
    lay_by(desk.keyring.officer_keys, tokens.parsed(Table.SESSION, token), pins.read(pin))


def lay_by(keys: OfficerKeys, half: Half, pin: str) -> None:
    """Seal the keys for the time after the next idle while; `pin` as `read` gave it."""
    salt = secrets.token_bytes(SALT)
    stretched = kdf.stretch_pin(pin, salt)
    seats.wait(half.id, pins.lay_by(keys, half, stretched, salt=salt, nonce=secrets.token_bytes(12)))


def waits(*, token: str) -> bool:
    """Whether the keys of this session are down, and a PIN brings them back."""
    seat = seats.find(tokens.parsed(Table.SESSION, token).id)
    return seat is not None and seat.half is None and seat.waiting is not None


def pick_up(*, token: str, pin: str) -> str:
    """Bring the keys back by cookie and PIN; the new token for the cookie. Three wrong ones destroy what waits."""
    half, typed = tokens.parsed(Table.SESSION, token), pins.read(pin)
    seat, waiting = seats.find(half.id), seats.try_pin(half.id)
    if seat is None or waiting is None:
        raise Refused("vault.pin_wrong")
    stretched = kdf.stretch_pin(typed, waiting.salt)
    try:
        keys = pins.pick_up(waiting, half, stretched, officer=seat.officer, public=queries.public(seat.officer))
    except NotHeld:
        raise Refused("vault.pin_wrong") from None
    fresh = tokens.drawn(Table.SESSION)
    again = pins.lay_by(keys, fresh, stretched, salt=waiting.salt, nonce=secrets.token_bytes(12))
    sealed = seal_half(keys, fresh, nonce=secrets.token_bytes(12))
    if not seats.pick_up(seat, id=fresh.id, half=sealed, waiting=again):
        raise Refused("vault.no_session")
    return tokens.written(fresh)
