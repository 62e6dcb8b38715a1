"""One round of every duty. The supervisor: the one place that may catch Exception, so that duties are isolated."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import OperationalError

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.apps.chronicle.duties import ROTA, TRIES, DueDuty, Duty, Weighing, backoff_ms
from ojakgyo.apps.chronicle.models import Due, DueState, Stuck, StuckState
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.failing import code_of, where
from ojakgyo.domain.values.ids import Seq

log = logging.getLogger("ojakgyo.duties")
MakeDesk = Callable[[], Desk]


def read_all(make_desk: MakeDesk) -> int:
    """Have every reader take what is new; returns how many facts were worked up. A reader that fails stops only itself."""
    return sum(_supervised(_read, duty, make_desk) for duty in ROTA.readers)


def settle_all(make_desk: MakeDesk) -> int:
    """Act on everything that has fallen due."""
    return sum(_supervised(_fall_due, duty, make_desk) for duty in ROTA.due)


def _supervised(work: Callable[[Any, MakeDesk], int], duty: Duty | DueDuty, make_desk: MakeDesk) -> int:
    try:
        return work(duty, make_desk)
    except Exception as error:  # noqa: BLE001 - the supervisor: whatever a duty does, the others go on
        log.error("duty %s failed: %s", duty.name, where(error))
        return 0


def _passing(error: Exception) -> bool:
    """The fault of the moment, not of the fact: tried again at the next round without being counted."""
    return isinstance(error, OperationalError) or (
        isinstance(error, Refused) and error.code in ("house.busy", "house.full")
    )


def _read(duty: Duty, make_desk: MakeDesk) -> int:
    return _weigh(duty, make_desk) if isinstance(duty, Weighing) else _read_one_by_one(duty, make_desk)


def _read_one_by_one(duty: Duty, make_desk: MakeDesk) -> int:
    mark, done = inbox.bookmark(duty), 0
    while taken := inbox.take(duty, mark):
        for one in taken:
            if not _attempt(duty, one.seq, make_desk, lambda desk, mark=mark, one=one: _one(duty, desk, mark, one)):
                return done
            mark, done = one.seq, done + 1
    return done


def _one(duty: Duty, desk: Desk, mark: Seq, one: inbox.Taken) -> None:
    if not inbox.move(duty, before=mark, to=one.seq):
        raise Refused("house.busy")
    fact = one.fact
    if fact is not None:
        duty.work(desk, seq=one.seq, fact=fact)


def _weigh(duty: Weighing, make_desk: MakeDesk) -> int:
    mark = inbox.bookmark(duty)
    taken = inbox.take(duty, mark)
    if not taken:
        return 0
    upto = taken[-1].seq

    def whole(_: Desk) -> None:
        for _again in range(TRIES):  # somebody acted meanwhile: read anew
            desk, seen = make_desk(), inbox.last_of(duty.unless)
            plan = duty.plan(duty.read(desk))
            with writing(duty.name):
                if inbox.last_of(duty.unless) == seen:
                    if not inbox.move(duty, before=mark, to=upto):
                        raise Refused("house.busy")
                    duty.work(desk, plan)
                    return
        raise Refused("house.busy")

    return len(taken) if _attempt(duty, upto, make_desk, whole, own_transaction=True) else 0


def _attempt(
    duty: Duty, seq: Seq, make_desk: MakeDesk, work: Callable[[Desk], None], *, own_transaction: bool = False
) -> bool:
    """True: this fact is behind us, done or stuck. False: it waits for another try, and this reader with it."""
    desk = make_desk()
    row = Stuck.objects.filter(reader=duty.name, seq=seq).first()
    if row is not None and row.again_ms > desk.now:
        return False
    try:
        if own_transaction:
            work(desk)
        else:
            with writing(duty.name):
                work(desk)
    except Exception as error:
        if _passing(error):
            raise
        return _failed(duty, seq, desk, error)
    if row is not None:
        row.delete()
    return True


def _failed(duty: Duty, seq: Seq, desk: Desk, error: Exception) -> bool:
    """Count the failure; after the fifth, leave the fact behind and let the bookmark pass."""
    with writing(duty.name):
        row, _ = Stuck.objects.get_or_create(reader=duty.name, seq=seq, defaults={"code": code_of(error)})
        row.tries, row.code = row.tries + 1, code_of(error)
        row.again_ms = desk.now + backoff_ms(row.tries)
        given_up = row.tries >= TRIES
        row.state = StuckState.STUCK if given_up else StuckState.TRYING
        row.save(update_fields=["tries", "code", "again_ms", "state"])
        if given_up:
            inbox.move(duty, before=inbox.bookmark(duty), to=seq)
    log.error("duty %s failed at %d (%d of %d): %s", duty.name, seq, row.tries, TRIES, where(error))
    return given_up


def _fall_due(duty: DueDuty, make_desk: MakeDesk) -> int:
    done = 0
    for row in inbox.fallen_due(duty, make_desk().now):
        done += _settle(duty, row, make_desk())
    return done


def _settle(duty: DueDuty, row: Due, desk: Desk) -> bool:
    try:
        with writing(duty.name):
            if inbox.claim(row):
                duty.work(desk, about=row.about, due=row.due_ms)
        return True
    except Exception as error:
        if _passing(error):
            raise
        _due_failed(duty, row, desk, error)
        return False


def _due_failed(duty: DueDuty, row: Due, desk: Desk, error: Exception) -> None:
    """Count the failure; after the fifth, leave the row behind and show it among the stuck, at the newest fact."""
    tries = row.tries + 1
    given_up = tries >= TRIES
    with writing(duty.name):
        Due.objects.filter(pk=row.pk).update(
            tries=tries,
            leased_until_ms=desk.now + backoff_ms(tries),
            state=DueState.STUCK if given_up else DueState.WAITING,
        )
        if given_up:
            said = {"code": code_of(error), "tries": tries, "state": StuckState.STUCK}
            Stuck.objects.update_or_create(reader=duty.name, seq=inbox.head(), defaults=said)
    log.error("duty %s failed for due row %d (%d of %d): %s", duty.name, row.pk, tries, TRIES, where(error))
