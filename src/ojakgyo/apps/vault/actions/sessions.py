"""Signing in, putting keys down, ending a session. Signing in IS opening the key bundle; there is no other check.

A one-time code, where an officer has set one up, is asked beside the password, and the answer to a wrong one is the
answer to a wrong password: whoever guesses learns nothing of either.
"""

import logging
import secrets

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.vault import kdf, models, queries, rights, tokens
from ojakgyo.apps.vault.actions.officers import make_own_slot
from ojakgyo.apps.vault.actions.pins import lay_by
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.desks import keyless_desk, officer_desk
from ojakgyo.apps.vault.pace import Room, pace
from ojakgyo.apps.vault.seats import Seat, seats
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, OjakError, Refused
from ojakgyo.domain.facts import SessionEnded, SignedIn
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import officers, pins, totp
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import Half, OfficerKeys, PublicKeys, seal_half
from ojakgyo.domain.values.ids import OfficerId, Seq, TokenId

log = logging.getLogger("ojakgyo.sessions")


def open_bundle(*, code_name: CodeName | None, password: str) -> OfficerKeys:
    """An officer's keys. A name nobody has, or that may not sit down, costs the same work and is the same ``Refused``."""
    return _opened(code_name, password)[0]


def _opened(code_name: CodeName | None, password: str) -> tuple[OfficerKeys, bytes]:
    """The keys, and the salt their password was stretched with: it says which password that was."""
    bundle = queries.bundle(code_name) if code_name else None
    if bundle is None:
        kdf.pretend(password)
        raise Refused("vault.wrong_sign_in")
    stretched = kdf.stretch(password, bundle.lock.salt, bundle.lock.cost)
    try:
        return officers.open_bundle(bundle.lock, stretched, bundle.sealed), bundle.lock.salt
    except NotHeld:
        raise Refused("vault.wrong_sign_in") from None


def sign_in(*, code_name: CodeName | None, password: str, code: str = "", pin: str = "") -> str:
    """The token for the browser's cookie. Wrong ones lock nothing; the next try waits a little longer.

    `code`: the one-time code of who has set one up; `pin`: a session PIN to begin with, empty for none.
    """
    chosen = pins.read(pin) if pin else None
    with pace.knock(repr(code_name), Room.WAY_IN):
        keys, salt = _opened(code_name, password)
        desk = officer_desk(keys)
        record_sign_in(desk, step=_step(desk, code), salt=salt)
    _put_right(desk, password)
    half = _seated(keys, password=True)
    if not models.Officer.objects.filter(id=keys.officer, salt=salt).exists():
        sign_out(token=tokens.written(half))  # the change found no seat yet to end
        raise Refused("vault.wrong_sign_in")
    if chosen:
        lay_by(keys, half, chosen)
    return tokens.written(half)


def sit_down(keys: OfficerKeys) -> str | None:
    """Sit down with keys that an opener's own password has just opened at the gate; the token for the browser's cookie.

    None for who has set a second factor up: it is asked for at the way in.
    """
    desk = officer_desk(keys)
    if queries.factor(desk) is not None:
        return None
    record_sign_in(desk, step=None)
    do_chores(desk)
    return tokens.written(_seated(keys, password=True))


def _put_right(desk: Desk, password: str) -> None:
    """What only an officer's password and keys can put right; what fails waits for the next sign-in."""
    try:
        make_own_slot(desk, password)
    except OjakError as error:
        log.warning("no slot of one's own: %s", error.code)
    do_chores(desk)


def _step(desk: Desk, typed: str) -> int | None:
    """The step of a right code; None where the officer has set no second factor up."""
    factor = queries.factor(desk)
    if factor is None:
        return None
    step = totp.matching(factor.seed, typed, queries.phone_time(desk))
    if step is None:
        raise Refused("vault.wrong_sign_in")
    return step


def sign_in_by_entry(*, token: str) -> str:
    """Spend a one-time token; the token for the browser's cookie."""
    half = tokens.parsed(Table.ENTRY, token)
    entry = queries.entry(half.id)
    keys = officers.open_half(half, entry.half, officer=entry.officer, public=entry.public)
    spend_entry(officer_desk(keys), token=entry.token)
    return tokens.written(_seated(keys, password=False))


@action
def record_sign_in(desk: Desk, *, step: int | None, salt: bytes | None = None) -> Seq:
    """Say who sits down, and use up the one-time code: the second to bring it, or an older one, is ``Refused``.

    Whatever was read before the password was stretched is held against the rows of this moment; `salt`: of the password
    that was typed. Every refusal is the same: another one would say that the password was right.
    """
    row = models.Officer.objects.filter(id=desk.officer, state=OfficerState.ACTIVE)
    if not (row if salt is None else row.filter(salt=salt)).exists():
        raise Refused("vault.wrong_sign_in")
    factor = models.SecondFactor.objects.filter(officer=desk.officer)
    if step is None and factor.exists():  # set up between the reading and this transaction
        raise Refused("vault.wrong_sign_in")
    if step is not None and not factor.filter(last_step__lt=step).update(last_step=step):
        raise Refused("vault.wrong_sign_in")
    return record(desk, SignedIn(officer=desk.officer))


@action
def spend_entry(desk: Desk, *, token: TokenId) -> Seq:
    """Use a one-time token up; the second to try is ``Refused``."""
    unused = models.EntryToken.objects.filter(id=token, officer=desk.officer, half__isnull=False)
    if not unused.update(half=None, spent_ms=desk.now):
        raise Refused("vault.token_spent")
    return record(desk, SignedIn(officer=desk.officer))


# While signed in -----------------------------------------------------------------------------------------------------


def confirm(desk: Desk, *, token: str, password: str) -> None:
    """Type one's password again: for five minutes it stands for acts of weight. Another one: ``Refused``.

    The door is this session's own, so that nobody who has no cookie keeps its officer waiting.
    """
    seat = seats.find(tokens.parsed(Table.SESSION, token).id)
    if seat is None or seat.officer != desk.officer:
        raise Refused("vault.no_session")
    with pace.knock(f"seat {seat.name}"):
        open_own(desk, password)
    seats.confirm(seat.id)


def open_own(desk: Desk, password: str) -> OfficerKeys:
    """The keys of the officer at this desk, by the password. Another one: ``Refused``."""
    try:
        return open_bundle(code_name=queries.officer(desk, id=desk.officer).code_name, password=password)
    except Refused:
        raise Refused("vault.password_wrong") from None


def keys_of(seat: Seat, *, token: str, public: PublicKeys | None = None) -> OfficerKeys | None:
    """The keys that both halves together open; None where they have been put down.

    `public`: the officer's public keys, for whoever has just read them.
    """
    if seat.half is None:
        return None
    half = tokens.parsed(Table.SESSION, token)
    return officers.open_half(half, seat.half, officer=seat.officer, public=public or queries.public(seat.officer))


# Its end -------------------------------------------------------------------------------------------------------------


def sign_out(*, token: str) -> None:
    """End a session: the server's half is forgotten first, then it is said. A session that is over: nothing to do."""
    seat = seats.leave(tokens.parsed(Table.SESSION, token).id)
    if seat is not None:
        record_end(keyless_desk(seat.officer), officer=seat.officer)


def end_session(desk: Desk, *, session: TokenId) -> None:
    """End a session from another one: one's own, or as coordinator or safety officer anybody's. It ends at once."""
    found = next((seat for seat in seats.present() if seat.name == session), None)
    if found is None:
        return
    rights.demand(found.officer == desk.officer or rights.may_manage(queries.roles(desk)))
    if seats.leave(found.id) is not None:
        record_end(desk, officer=found.officer)


@action
def record_end(desk: Desk, *, officer: OfficerId) -> Seq:
    """Say in the chronicle that an officer's session has ended."""
    return record(desk, SessionEnded(officer=officer))


def tend_sessions() -> None:
    """Each minute: put down the keys of whoever has been idle too long, end what has lasted its time, and say so."""
    for seat in seats.sweep():
        record_end(keyless_desk(seat.officer), officer=seat.officer)


def _seated(keys: OfficerKeys, *, password: bool) -> Half:
    half = tokens.drawn(Table.SESSION)
    sealed = seal_half(keys, half, nonce=secrets.token_bytes(12))
    seats.take(half.id, officer=keys.officer, half=sealed, password=password)
    return half
