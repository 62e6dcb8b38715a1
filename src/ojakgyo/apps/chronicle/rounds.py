"""One round of every duty. Its supervisor is the one place here that catches Exception, so that duties are isolated."""

import logging
from collections.abc import Callable, Sequence

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
    done = _isolated("stuck facts", lambda: _try_again(make_desk))
    unread = _unread()
    for duty in ROTA.readers:
        if duty.name in unread and (read := _isolated(duty.name, lambda duty=duty: _read(duty, make_desk))):
            done, unread = done + read, _unread()  # what it has recorded lies before those after it
    return done


def _unread() -> set[str]:
    """One look finds which readers have anything before them: at most times none of them has."""
    found: set[str] = set()
    if fault := _supervised(lambda: found.update(inbox.unread(ROTA.readers))):
        log.error("what is unread was not found: %s", where(fault))
    return found


def settle_all(make_desk: MakeDesk) -> int:
    """Act on everything that has fallen due; on what brings news first, which is read before the rest is judged."""
    fallen = _fallen(make_desk)
    brought = _settle_some([duty for duty in ROTA.due if duty.news], fallen, make_desk)
    if brought:
        while read_all(make_desk):
            continue
        fallen = _fallen(make_desk)
    return brought + _settle_some([duty for duty in ROTA.due if not duty.news], fallen, make_desk)


def _fallen(make_desk: MakeDesk) -> set[str]:
    """One look finds of which kinds anything has fallen due at all; what they bring on each other waits for the next."""
    fallen: set[str] = set()
    if fault := _supervised(lambda: fallen.update(inbox.kinds_fallen_due(make_desk().now))):
        log.error("what has fallen due was not found: %s", where(fault))
    return fallen


def _settle_some(duties: Sequence[DueDuty], fallen: set[str], make_desk: MakeDesk) -> int:
    return sum(
        _isolated(duty.name, lambda duty=duty: _fall_due(duty, make_desk)) for duty in duties if duty.kind in fallen
    )


def _isolated(name: str, work: Callable[[], int]) -> int:
    done: list[int] = []
    if fault := _supervised(lambda: done.append(work())):
        log.error("duty %s failed: %s", name, where(fault))
    return sum(done)


def _supervised(work: Callable[[], None]) -> Exception | None:
    """The supervisor: whatever a piece of work meets is given to whoever counts it, and the others go on."""
    try:
        work()
    except Exception as fault:  # noqa: BLE001 - the one place of the duties that catches all
        return fault
    return None


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
    moved = lambda: inbox.move(duty, before=mark, to=upto)  # noqa: E731 - in the transaction of what was weighed
    whole = lambda _: _weighed(duty, make_desk, moved)  # noqa: E731
    return len(taken) if _attempt(duty, upto, make_desk, whole, own_transaction=True) else 0


def _weighed(duty: Weighing, make_desk: MakeDesk, moved: Callable[[], bool]) -> None:
    """Read, plan, and write if nothing came in between that counts; else all of it again."""
    for _again in range(TRIES):
        desk, seen = make_desk(), inbox.last_of(duty.unless)
        plan = duty.plan(duty.read(desk))
        with writing(duty.name):
            if inbox.last_of(duty.unless) == seen:
                if not moved():
                    raise Refused("house.busy")
                duty.work(desk, plan)
                return
    raise Refused("house.busy")


def _attempt(
    duty: Duty, seq: Seq, make_desk: MakeDesk, work: Callable[[Desk], None], *, own_transaction: bool = False
) -> bool:
    """True: this fact is behind us, done or stuck. False: it waits for another try, and this reader with it."""
    desk = make_desk()
    row = Stuck.objects.filter(reader=duty.name, seq=seq, due=None).first()
    if row is not None and row.again_ms > desk.now:
        return False
    fault = _supervised(lambda: _done(duty.name, work, desk, own_transaction=own_transaction))
    if fault is not None:
        if _passing(fault):
            raise fault
        return _failed(duty, seq, desk, fault)
    if row is not None:
        row.delete()
    return True


def _done(name: str, work: Callable[[Desk], None], desk: Desk, *, own_transaction: bool = False) -> None:
    if own_transaction:
        work(desk)
        return
    with writing(name):
        work(desk)


def _failed(duty: Duty, seq: Seq, desk: Desk, error: Exception) -> bool:
    """Count the failure; after the fifth, leave the fact behind and let the bookmark pass."""
    with writing(duty.name):
        row, _ = Stuck.objects.get_or_create(reader=duty.name, seq=seq, due=None, defaults={"code": code_of(error)})
        row.tries, row.code = row.tries + 1, code_of(error)
        row.again_ms = desk.now + backoff_ms(row.tries)
        given_up = row.tries >= TRIES
        row.state = StuckState.STUCK if given_up else StuckState.TRYING
        row.save(update_fields=["tries", "code", "again_ms", "state"])
        if given_up:
            inbox.move(duty, before=inbox.bookmark(duty), to=seq)
    log.error("duty %s failed at %d (%d of %d): %s", duty.name, seq, row.tries, TRIES, where(error))
    return given_up


def _try_again(make_desk: MakeDesk) -> int:
    """Once more what an officer does not want to leave behind: gone from the stuck if it goes well, back there if not."""
    return sum(_once_more(row, make_desk) for row in Stuck.objects.filter(state=StuckState.AGAIN))


def _once_more(row: Stuck, make_desk: MakeDesk) -> int:
    fault = _supervised(lambda: _repeat(row, make_desk))
    if fault is None:
        return 1
    if _passing(fault):
        raise fault
    log.error("duty %s failed again at %d: %s", row.reader, row.seq, where(fault))
    with writing(row.reader):
        Stuck.objects.filter(pk=row.pk).update(state=StuckState.STUCK, code=code_of(fault))
    return 0


def _repeat(row: Stuck, make_desk: MakeDesk) -> None:
    """The bookmark has passed this fact and stays where it is: what was read since is not read again."""
    duty = next((each for each in ROTA.readers if each.name == row.reader), None)
    if duty is None:
        raise Refused("house.not_found")
    gone = lambda: Stuck.objects.filter(pk=row.pk, state=StuckState.AGAIN).delete()[0] == 1  # noqa: E731
    if isinstance(duty, Weighing):
        _weighed(duty, make_desk, gone)
        return
    fact = inbox.fact_at(Seq(row.seq))
    with writing(duty.name):
        if gone() and fact is not None:
            duty.work(make_desk(), seq=Seq(row.seq), fact=fact)


def _fall_due(duty: DueDuty, make_desk: MakeDesk) -> int:
    done = 0
    for row in inbox.fallen_due(duty, make_desk().now):
        done += _settle(duty, row, make_desk())
    return done


def _settle(duty: DueDuty, row: Due, desk: Desk) -> bool:
    def act(desk: Desk) -> None:
        if inbox.claim(row):
            duty.work(desk, about=row.about, due=row.due_ms)

    fault = _supervised(lambda: _done(duty.name, act, desk))
    if fault is None:
        return True
    if _passing(fault):
        raise fault
    _due_failed(duty, row, desk, fault)
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
            said = {"reader": duty.name, "code": code_of(error), "tries": tries, "state": StuckState.STUCK}
            Stuck.objects.update_or_create(due=row.pk, defaults={**said, "seq": inbox.head()})
    log.error("duty %s failed for due row %d (%d of %d): %s", duty.name, row.pk, tries, TRIES, where(error))
