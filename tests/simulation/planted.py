"""Bugs that somebody might well write, put one at a time into the real actions and duties: each must be found.

Each stands where the sound code stands, in its words, but for the mistake. Nothing of it is ever imported by the product.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

from django.db import transaction

from ojakgyo.apps.alerts import actions as alerts
from ojakgyo.apps.alerts import duties as alert_duties
from ojakgyo.apps.alerts import queries as alert_queries
from ojakgyo.apps.alerts import sending
from ojakgyo.apps.alerts.outlets import Unreachable
from ojakgyo.apps.cards.models import UsedText
from ojakgyo.apps.cards.reading import accepting, kept
from ojakgyo.apps.chronicle import acts, due, inbox, rounds
from ojakgyo.apps.chronicle.acts import record
from ojakgyo.apps.chronicle.models import Due, DueState
from ojakgyo.apps.contact import actions, forgetting, keeping, listening
from ojakgyo.apps.contact.ears import hearing
from ojakgyo.apps.contact.gateways import receiving
from ojakgyo.apps.contact.models import Inbound, Silence
from ojakgyo.apps.contact.silences import duties as silence_duties
from ojakgyo.apps.contact.silences import standing
from ojakgyo.apps.network.queries import line_of_indexes
from ojakgyo.apps.people.models import PersonKey
from ojakgyo.apps.vault.actions.requests import use_request
from ojakgyo.apps.watch import analysis
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import stages
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Channel, ReadingResult, RequestKind
from ojakgyo.domain.values.ids import MessageId, PersonId
from ojakgyo.domain.values.instants import Instant
from simulation import acts as simulated

Plant = Callable[[ExitStack], None]
PLANTS: Final[dict[str, Plant]] = {}


def plant(put: Plant) -> Plant:
    PLANTS[put.__name__.replace("_", " ")] = put
    return put


@contextmanager
def planted(name: str) -> Iterator[None]:
    with ExitStack() as stack:
        PLANTS[name](stack)
        yield


def _put(stack: ExitStack, where: Any, name: str, instead: Any) -> None:
    stack.enter_context(patch.object(where, name, instead))


# What comes in ----------------------------------------------------------------------------------------------------------


@plant
def file_deleted_before_the_commit(stack: ExitStack) -> None:
    take = listening.Spool._take

    def taken(spool: Any, path: Any, mark: Any, *, final: bool) -> bool:
        content = path.read_bytes()
        if not (listening.parse(content).whole or final):
            return False
        held = type("Held", (), {"name": path.name, "read_bytes": lambda _: content, "stat": lambda _: mark})()
        spool._delete(path, mark)
        with patch.object(listening.Spool, "_delete", lambda *_: None):
            return take(spool, held, mark, final=final)

    _put(stack, listening.Spool, "_take", taken)


@plant
def duplicates_remembered_in_memory(stack: ExitStack) -> None:
    seen: set[bytes] = set()

    @acts.action
    def keep_sms(desk: Any, *, ext_id: bytes, sms: Any, indexes: Any, arrived: Any) -> Any:
        if ext_id in seen:
            record(desk, facts.FileSeenAgain(inbound=actions._seq_of(ext_id)))
            return None
        line = line_of_indexes(indexes)
        row = Inbound(channel=Channel.SPOOL, ext_id=ext_id, line=line, received_ms=arrived)
        keeping.keep(desk, row, number=sms.number, words=sms.words)
        seen.add(ext_id)
        return MessageId(row.message)

    _put(stack, actions, "keep_sms", keep_sms)


@plant
def message_kept_and_told_in_two_transactions(stack: ExitStack) -> None:
    def keep_sms(desk: Any, *, ext_id: bytes, sms: Any, indexes: Any, arrived: Any) -> Any:
        if Inbound.objects.filter(channel=Channel.SPOOL, ext_id=ext_id).exists():
            with acts.writing("again"):
                record(desk, facts.FileSeenAgain(inbound=actions._seq_of(ext_id)))
            return None
        row = Inbound(channel=Channel.SPOOL, ext_id=ext_id, line=line_of_indexes(indexes), received_ms=arrived)
        with acts.writing("kept"):
            keeping.seal(desk, row, number=sms.number, words=sms.words)
            keeping.join(row)
            row.save(force_insert=True)
            due.put(**keeping.forgotten(row))
        with acts.writing("told"):
            keeping.tell(desk, row, told=desk.now)
        return MessageId(row.message)

    _put(stack, actions, "keep_sms", keep_sms)


@plant
def words_timer_put_after_the_commit(stack: ExitStack) -> None:
    put = due.put

    def later(kind: str, **line: Any) -> None:
        if kind == "contact.forget_words":
            transaction.on_commit(lambda: put(kind, **line))
        else:
            put(kind, **line)

    _put(stack, due, "put", later)


# Readers ----------------------------------------------------------------------------------------------------------------


def _reader(order: Callable[[Callable[[], None], Callable[[Any], None], Any], None]) -> Any:
    def read(duty: Any, make_desk: Any) -> int:
        mark, done = inbox.bookmark(duty), 0
        while taken := inbox.take(duty, mark):
            for one in taken:

                def move(mark: Any = mark, one: Any = one) -> None:
                    with acts.writing(duty.name):
                        inbox.move(duty, before=mark, to=one.seq)

                def work(desk: Any, one: Any = one) -> None:
                    with acts.writing(duty.name):
                        if one.fact is not None:
                            duty.work(desk, seq=one.seq, fact=one.fact)

                whole = lambda desk, move=move, work=work: order(move, work, desk)  # noqa: E731
                if not rounds._attempt(duty, one.seq, make_desk, whole, own_transaction=True):
                    return done
                mark, done = one.seq, done + 1
        return done

    return read


@plant
def bookmark_moved_first_in_its_own_transaction(stack: ExitStack) -> None:
    def order(move: Any, work: Any, desk: Any) -> None:
        move()
        work(desk)

    _put(stack, rounds, "_read_one_by_one", _reader(order))


@plant
def bookmark_moved_last_in_its_own_transaction(stack: ExitStack) -> None:
    def order(move: Any, work: Any, desk: Any) -> None:
        work(desk)
        move()

    _put(stack, rounds, "_read_one_by_one", _reader(order))


@plant
def weighing_moves_its_bookmark_before_it_writes(stack: ExitStack) -> None:
    def weighed(duty: Any, make_desk: Any, moved: Any) -> None:
        desk = make_desk()
        with acts.writing(duty.name):
            moved()
        plan = duty.plan(duty.read(desk))
        with acts.writing(duty.name):
            duty.work(desk, plan)

    _put(stack, rounds, "_weighed", weighed)


@plant
def a_fact_met_while_busy_is_left_behind(stack: ExitStack) -> None:
    attempt = rounds._attempt

    def attempted(duty: Any, seq: Any, make_desk: Any, work: Any, **how: Any) -> bool:
        try:
            return attempt(duty, seq, make_desk, work, **how)
        except Exception as fault:
            if not rounds._passing(fault):
                raise
            with acts.writing(duty.name):
                inbox.move(duty, before=inbox.bookmark(duty), to=seq)
            return True

    _put(stack, rounds, "_attempt", attempted)


# Timers -----------------------------------------------------------------------------------------------------------------


@plant
def due_row_claimed_outside_the_transaction(stack: ExitStack) -> None:
    def settle(duty: Any, row: Any, desk: Any) -> bool:
        if not inbox.claim(row):
            return True
        work = lambda desk: duty.work(desk, about=row.about, due=row.due_ms)  # noqa: E731
        fault = rounds._supervised(lambda: rounds._done(duty.name, work, desk))
        if fault is None:
            return True
        if rounds._passing(fault):
            Due.objects.filter(pk=row.pk).update(state=DueState.WAITING)
            raise fault
        rounds._due_failed(duty, row, desk, fault)
        return False

    _put(stack, rounds, "_settle", settle)


@plant
def due_row_dropped_when_busy(stack: ExitStack) -> None:
    settle = rounds._settle

    def settled(duty: Any, row: Any, desk: Any) -> bool:
        try:
            return settle(duty, row, desk)
        except Exception as fault:
            if rounds._passing(fault):
                due.drop(row.key)
            raise

    _put(stack, rounds, "_settle", settled)


# Waking -----------------------------------------------------------------------------------------------------------------


def _sending(note_first: bool) -> Any:
    def send(desk: Any, outlet: Any, *, run: int) -> int:
        for call in alert_queries.waiting_calls(desk, run=run):
            if not sending._leased(call.id, run=run, now=desk.now):
                continue
            if note_first:
                alerts.note_sent(desk, wake=call.id)
            try:
                outlet.wake(call.officer, call.address, key=call.key, now=desk.now)
            except Unreachable:
                if not note_first:
                    alerts.note_failed(desk, wake=call.id)
                continue
            if not note_first:
                alerts.note_sent(desk, wake=call.id)
        return 0

    return send


@plant
def call_noted_before_it_is_sent(stack: ExitStack) -> None:
    from ojakgyo.runner import sender

    _put(stack, sender, "send_waiting", _sending(note_first=True))


@plant
def lease_of_another_run_is_honoured_for_ever(stack: ExitStack) -> None:
    from ojakgyo.apps.alerts.models import Wake

    def leased(wake: int, *, run: int, now: Any) -> bool:
        return Wake.objects.filter(pk=wake, run_id=0).update(run_id=run, leased_until_ms=now) == 1

    _put(stack, sending, "_leased", leased)


# Cards, names, belief ---------------------------------------------------------------------------------------------------


@plant
def row_used_up_in_memory_first(stack: ExitStack) -> None:
    """Rows that were drawn once are held to stand, whatever the database says since."""

    def rows(self: Any, desk: Any, card: Any, count: int) -> Any:
        drawn = self._drawn.get(card.pk)
        if drawn is None or len(drawn.rows) < min(count, kept.stock.rows_left(card)):
            drawn = self._drawn[card.pk] = kept._draw(desk, card, count)
        return drawn.stand, drawn.rows[:count]

    _put(stack, kept.Kept, "rows", rows)


@plant
def row_used_up_before_the_text_is_remembered(stack: ExitStack) -> None:
    """The text is remembered once the transaction is over, so that it stays short."""
    create = UsedText.objects.create

    def use_up(desk: Any, book: Any, row: int, said: str, **late: Any) -> None:
        with patch.object(UsedText.objects, "create", lambda **used: transaction.on_commit(lambda: create(**used))):
            sound(desk, book, row, said, **late)

    sound = accepting.use_up
    _put(stack, accepting, "use_up", use_up)


@plant
def key_destroyed_before_the_name(stack: ExitStack) -> None:
    def keep_forgotten(desk: Any, *, request: Any, person: Any) -> Any:
        with acts.writing("key"):
            use_request(desk, request=request, kind=RequestKind.FORGET_PERSON, about=person)
            PersonKey.objects.filter(person_id=person).delete()
        with acts.writing("name"):
            forgetting.shred(desk, person)
        return person

    _put(stack, simulated, "keep_forgotten", keep_forgotten)


@plant
def deadline_counted_from_the_clock(stack: ExitStack) -> None:
    read = analysis.read

    def read_now(desk: Any, **before: Any) -> Any:
        world = read(desk, **before)
        return world if world.at is None else replace(world, at=desk.now)

    _put(stack, analysis, "read", read_now)
    _put(stack, analysis, "_first_hours", lambda world, sources: 0.0)


@plant
def duress_ended_by_a_later_well(stack: ExitStack) -> None:
    with_signals = analysis._with_signals

    def calmed(before: Any, new: Any) -> Any:
        world = with_signals(before, new)
        well = {row.person_id for row in new if row.result is ReadingResult.OK}
        return replace(world, duress=world.duress - well)

    _put(stack, analysis, "_with_signals", calmed)


# Silences ---------------------------------------------------------------------------------------------------------------


@plant
def silence_that_came_back_is_not_put_back(stack: ExitStack) -> None:
    """The row on the list was done when it brought us here, and nobody puts it there again."""
    come_back = standing.come_back

    def came_back(desk: Any, row: Any) -> None:
        with patch.object(standing, "_await", lambda row, again: None):
            come_back(desk, row)

    _put(stack, standing, "come_back", came_back)


@plant
def silence_that_grew_stays_with_who_had_it(stack: ExitStack) -> None:
    def grow(desk: Any, row: Any) -> None:
        stage, again = row.stage + 1, Instant(desk.now + stages.ANSWER_MS)
        Silence.objects.filter(pk=row.pk).update(stage=stage, again_ms=again, asked=0)
        row.stage = stage
        record(desk, facts.SilenceGrown(person=PersonId(row.person_id), window=row.pk, stage=stage))
        standing._await(row, again)
        standing._await_stage(desk, row)

    _put(stack, standing, "grow", grow)


@plant
def silence_that_ended_stays_on_the_list(stack: ExitStack) -> None:
    def end(desk: Any, row: Any, why: Any) -> None:
        Silence.objects.filter(pk=row.pk).update(ended_ms=desk.now, why=why)
        record(desk, facts.SilenceEnded(person=PersonId(row.person_id), window=row.pk, why=why))

    _put(stack, standing, "end", end)


@plant
def second_window_missed_begins_a_second_ladder(stack: ExitStack) -> None:
    def begin(desk: Any, window: Any) -> None:
        again = Instant(desk.now + stages.ANSWER_MS)
        row = Silence.objects.create(window=window, person_id=window.person_id, begun_ms=desk.now, again_ms=again)
        record(desk, facts.SilenceBegun(person=PersonId(row.person_id), window=row.pk))
        standing._await(row, again)
        standing._await_stage(desk, row)

    _put(stack, standing, "begin", begin)


@plant
def silence_held_back_is_forgotten(stack: ExitStack) -> None:
    """Whatever holds it back will end, and somebody will look."""

    def held_back(desk: Any, person: int, kind: str, about: int) -> bool:
        return hearing.is_deaf() or silence_duties.held_until(desk, PersonId(person)) is not None

    _put(stack, silence_duties, "_held_back", held_back)


@plant
def area_is_not_looked_at(stack: ExitStack) -> None:
    """When somebody there is heard, and each hour, is often enough."""
    _put(stack, silence_duties, "look_soon", lambda desk, area: None)


@plant
def radio_silence_does_not_hold_a_stage_back(stack: ExitStack) -> None:
    grow_only = silence_duties._held_back

    def held_back(desk: Any, person: int, kind: str, about: int) -> bool:
        return kind == standing.BEGINS and grow_only(desk, person, kind, about)

    _put(stack, silence_duties, "_held_back", held_back)


@plant
def radio_silence_gives_no_new_grace(stack: ExitStack) -> None:
    """A window is judged as soon as the radio silence is over."""

    def judged_from(window: Any, spans: Any) -> Any:
        ends = [span.ends for span in spans if span.begun < window.missed_from and span.ends > window.opens]
        return Instant(max([window.missed_from, *ends]))

    stack.enter_context(patch("ojakgyo.apps.contact.radio.waiting.radio", SimpleNamespace(judged_from=judged_from)))


@plant
def window_of_a_deaf_desk_is_not_put_back(stack: ExitStack) -> None:
    again = due.again

    def once(key: str, *, due: Any) -> None:
        if not (key.startswith("contact.window:") and hearing.is_deaf()):
            again(key, due=due)

    _put(stack, due, "again", once)


# Calls for silences -----------------------------------------------------------------------------------------------------


@plant
def silence_calls_twice(stack: ExitStack) -> None:
    """At once where it comes back, and again by the duty that reads it."""
    come_back = standing.come_back

    def came_back(desk: Any, row: Any) -> None:
        come_back(desk, row)
        alert_duties._call_for_silence(desk, row.pk)

    _put(stack, standing, "come_back", came_back)


# The gateway ------------------------------------------------------------------------------------------------------------


@plant
def post_is_acknowledged_though_the_desk_was_busy(stack: ExitStack) -> None:
    """The gateway tries again anyway."""
    keep = receiving._keep

    def kept(*of: Any) -> None:
        with suppress(Refused):
            keep(*of)

    _put(stack, receiving, "_keep", kept)
