"""Holds the ring of keys while the vault is unsealed, in memory only; the only place that hands a key to a connection."""

import threading
from collections.abc import Callable

from ojakgyo.domain.errors import NotHeld
from ojakgyo.domain.sealing.ring import Ring

_lock = threading.Lock()
_ring: Ring | None = None
_on_seal: list[Callable[[], None]] = []


def unseal(ring: Ring) -> None:
    """Hand over the ring; from now on connections open."""
    global _ring
    with _lock:
        _ring = ring


def seal() -> None:
    """Drop the ring and close what was opened with it. Python keeps copies: only the end of the process forgets them."""
    global _ring
    with _lock:
        _ring = None
    for close in _on_seal:
        close()


def is_unsealed() -> bool:
    return _ring is not None


def ring() -> Ring:
    with _lock:
        if _ring is None:
            raise NotHeld("vault.sealed")
        return _ring


def opening_statement() -> str:
    """The statement that opens the database. For the raw connection only, never for a cursor that logs."""
    return f"PRAGMA key = \"x'{ring().db.hex()}'\""


def when_sealed(close: Callable[[], None]) -> None:
    """Have `close` called after every seal."""
    _on_seal.append(close)
