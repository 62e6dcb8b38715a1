"""Signing in, putting keys down, ending a session. Signing in IS opening the key bundle; there is no other check."""

import secrets

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import kdf, models, queries, tokens
from ojakgyo.apps.vault.desks import keyless_desk, officer_desk
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import Seat, seats
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import SessionEnded, SignedIn
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import officers
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import OfficerKeys, seal_half
from ojakgyo.domain.values.ids import Seq, TokenId


def open_bundle(*, code_name: CodeName | None, password: str) -> OfficerKeys:
    """An officer's keys. A name nobody has, or that is none, costs the same work and is the same ``Refused``."""
    bundle = queries.bundle(code_name) if code_name else None
    if bundle is None:
        kdf.pretend(password)
        raise Refused("vault.wrong_sign_in")
    stretched = kdf.stretch(password, bundle.lock.salt, bundle.lock.cost)
    try:
        return officers.open_bundle(bundle.lock, stretched, bundle.sealed)
    except NotHeld:
        raise Refused("vault.wrong_sign_in") from None


def sign_in(*, code_name: CodeName | None, password: str) -> str:
    """The token for the browser's cookie. Wrong ones lock nothing; the next try waits a little longer."""
    door = repr(code_name)
    pace.wait(door)
    try:
        keys = open_bundle(code_name=code_name, password=password)
    except Refused:
        pace.wrong(door)
        raise
    pace.right(door)
    record_sign_in(officer_desk(keys))
    return _seated(keys)


def sign_in_by_entry(*, token: str) -> str:
    """Spend a one-time token; the token for the browser's cookie."""
    half = tokens.parsed(Table.ENTRY, token)
    entry = queries.entry(half.id)
    keys = officers.open_half(half, entry.half, officer=entry.officer, public=entry.public)
    spend_entry(officer_desk(keys), token=entry.token)
    return _seated(keys)


@action
def record_sign_in(desk: Desk) -> Seq:
    """Say in the chronicle who sits down."""
    return record(desk, SignedIn(officer=desk.officer))


@action
def spend_entry(desk: Desk, *, token: TokenId) -> Seq:
    """Use a one-time token up; the second to try is ``Refused``."""
    unused = models.EntryToken.objects.filter(id=token, officer=desk.officer, half__isnull=False)
    if not unused.update(half=None, spent_ms=desk.now):
        raise Refused("vault.token_spent")
    return record(desk, SignedIn(officer=desk.officer))


def sign_out(*, token: str) -> None:
    """End a session: the server's half is forgotten first, then it is said. A session that is over: nothing to do."""
    seat = seats.leave(tokens.parsed(Table.SESSION, token).id)
    if seat is not None:
        record_end(keyless_desk(seat.officer))


@action
def record_end(desk: Desk) -> Seq:
    """Say in the chronicle that an officer's session has ended."""
    return record(desk, SessionEnded(officer=desk.officer))


def tend_sessions() -> None:
    """Each minute: put down the keys of whoever has been idle too long, end what has lasted its time, and say so."""
    for seat in seats.sweep():
        record_end(keyless_desk(seat.officer))


def keys_of(seat: Seat, *, token: str) -> OfficerKeys | None:
    """The keys that both halves together open; None where they have been put down."""
    if seat.half is None:
        return None
    half = tokens.parsed(Table.SESSION, token)
    return officers.open_half(half, seat.half, officer=seat.officer, public=queries.public(seat.officer))


def _seated(keys: OfficerKeys) -> str:
    half = tokens.drawn(Table.SESSION)
    sealed = seal_half(keys, half, nonce=secrets.token_bytes(12))
    seats.take(half.id, officer=keys.officer, half=sealed)
    return tokens.written(half)
