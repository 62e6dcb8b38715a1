"""What must hold whatever went wrong: after every desk-day, and more of it once everything has healed.

A simulator finds only what is named here; a new promise of the house is a new function.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ojakgyo.apps.alerts.duties import AGAIN_MS
from ojakgyo.apps.alerts.models import ALONG, Wake, WakeState
from ojakgyo.apps.alerts.queries import TOGETHER_MS
from ojakgyo.apps.alerts.queries import _key as call_key
from ojakgyo.apps.cards.models import Card, CardState, LateRow, Match, UsedText
from ojakgyo.apps.chronicle import audit, inbox
from ojakgyo.apps.chronicle.models import Bookmark, Due, DueState, Entry, Stuck
from ojakgyo.apps.contact.models import ContactPlan, Inbound, InboundState, Window, WindowState
from ojakgyo.apps.network.models import Link
from ojakgyo.apps.people import keys
from ojakgyo.apps.people.models import Person, PersonKey, RealName
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.apps.watch import analysis
from ojakgyo.apps.watch.models import Signal, Warning, WarningState
from ojakgyo.apps.watch.queries import RED_MS, needs_somebody
from ojakgyo.domain import facts
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import OjakError
from ojakgyo.domain.facts import Channel, Fact, ReadingResult, SignalKind
from ojakgyo.domain.values.ids import PersonId, WarningId
from simulation.running import Broken, Run

BY_TEXT: Final = (Channel.SPOOL, Channel.SIGNED)
Check = Callable[[Run, bool], Iterator[str]]
"""Says what does not hold, nothing where all does."""
ALWAYS: Final[list[Check]] = []
HEALED: Final[list[Check]] = []


def always(check: Check) -> Check:
    ALWAYS.append(check)
    return check


def healed(check: Check) -> Check:
    HEALED.append(check)
    return check


def name(check: Check) -> str:
    return check.__name__.replace("_", " ")


def hold(run: Run, *, healed: bool) -> None:
    """Raise `Broken` for the first one that does not hold."""
    for check in (*ALWAYS, *(HEALED if healed else ())):
        if (said := next(check(run, healed), None)) is not None:
            raise Broken(name(check), said)


def told(run: Run, *kinds: type[Fact]) -> list[tuple[int, Any]]:
    """Facts of some kinds with their numbers, oldest first; each is read once in a run."""
    last = run.ledger[-1][0] if run.ledger else 0
    for row in Entry.objects.filter(seq__gt=last).order_by("seq"):
        run.ledger.append((row.seq, facts.revive(row.kind, row.v, row.body), row.kind, row.recorded_ms))
    return [(seq, fact) for seq, fact, *_ in run.ledger if isinstance(fact, kinds)]


def doubled(each: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(each).items() if count > 1]


def waiting() -> dict[str, int]:
    """Key -> when, of everything on the list that waits, or has been set aside where everybody sees it."""
    rows = Due.objects.filter(state__in=(DueState.WAITING, DueState.STUCK))
    return dict(rows.values_list("key", "due_ms"))


# Messages ---------------------------------------------------------------------------------------------------------------


@always
def an_acked_message_is_there(run: Run, over: bool) -> Iterator[str]:
    """A file that is gone from the spool was kept, and so was what a gateway was told that it was; at the end all are."""
    kept = {bytes(each) for each in Inbound.objects.filter(channel__in=BY_TEXT).values_list("ext_id", flat=True)}
    for ext_id, (letter, path) in run.letters.items():
        if ext_id not in kept and (over or not path.exists()):
            yield f"{letter.kind} of {letter.who}"
    if over and any(run.spool.iterdir()):
        yield "the spool is not empty"


@always
def no_message_is_taken_twice(run: Run, over: bool) -> Iterator[str]:
    came = told(run, facts.MessageReceived, facts.MessageRepeated, facts.FileUnreadable)
    for kind, message in doubled((fact.kind, fact.message) for _, fact in came):
        yield f"recorded twice: {message}, {kind}"
    count = Inbound.objects.filter(channel__in=BY_TEXT).count()
    if count > len(run.letters):
        yield f"{len(run.letters)} texts were written, {count} are kept"


@always
def no_message_is_read_twice(run: Run, over: bool) -> Iterator[str]:
    read = Counter(fact.message for _, fact in told(run, facts.MessageRead, facts.MessageRepeated))
    yield from (f"{message} was" for message, count in read.items() if count > 1)
    if over:
        rows = Inbound.objects.exclude(state__in=(InboundState.READ, InboundState.REPEATED, InboundState.UNREADABLE))
        yield from (f"{row.message} is {row.state} for ever" for row in rows)


@always
def no_row_is_accepted_twice(run: Run, over: bool) -> Iterator[str]:
    taken = (ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS, ReadingResult.THROTTLED)
    read = [fact for _, fact in told(run, facts.MessageRead) if fact.row is not None and fact.result in taken]
    yield from (f"row {row} of {card}" for card, row in doubled((fact.card, fact.row) for fact in read))
    remembered = set(UsedText.objects.values_list("card_id", "row"))
    yield from (f"row {fact.row} is not remembered" for fact in read if (fact.card, fact.row) not in remembered)


@always
def nobody_is_read_the_other_way_round(run: Run, over: bool) -> Iterator[str]:
    """Under duress is never read as well, nor well as under duress."""
    wrote = {ext: letter for ext, (letter, _) in run.letters.items()}
    result = {fact.message: fact.result for _, fact in told(run, facts.MessageRead)}
    for ext_id, message in Inbound.objects.filter(channel__in=BY_TEXT).values_list("ext_id", "message"):
        letter, read = wrote.get(bytes(ext_id)), result.get(message)
        if letter is None or read is None:
            continue
        wrong = ReadingResult.OK if letter.kind == "duress" else ReadingResult.DURESS
        if read is wrong and letter.kind in ("duress", "well", "skips", "danger", "quiet"):
            yield f"{letter.kind} of {letter.who} is {read}"


@always
def who_writes_rightly_is_read_rightly(run: Run, over: bool) -> Iterator[str]:
    result = {fact.message: fact.result for _, fact in told(run, facts.MessageRead)}
    for ext_id, message in Inbound.objects.filter(channel__in=BY_TEXT).values_list("ext_id", "message"):
        wanted, read = run.expected.get(bytes(ext_id)), result.get(message)
        if wanted is not None and read is not None and read is not wanted:
            letter, _ = run.letters[bytes(ext_id)]
            yield f"{letter.kind} of {letter.who} in row {letter.row} is {read}"


# Timers -----------------------------------------------------------------------------------------------------------------


@always
def no_timer_is_lost(run: Run, over: bool) -> Iterator[str]:
    """Whatever waits for an instant stands on the list, since the same transaction put it there."""
    waits = waiting()
    yield from (key for key in _wanted() if key not in waits)
    now = run.clock.now()
    for row in Warning.objects.filter(state__in=(WarningState.OPEN, WarningState.OWNED, WarningState.UNREACHABLE)):
        if not _is_timed("watch.pass", row, row.deadline_ms):
            yield f"the passing of {row.pk}"
        if row.red_ms is None and not _is_timed("watch.turn_red", row, row.deadline_ms - RED_MS):
            yield f"the red of {row.pk}"
    if over:
        yield from (f"{row.key} is {row.state}, due {now - row.due_ms} ms ago" for row in _overdue(now))


def _is_timed(kind: str, row: Warning, due: int) -> bool:
    """Whether it falls due, or did so already and the warning was told or judged in another way since."""
    rows = Due.objects.filter(kind=kind, about=row.pk, due_ms=due).exclude(state=DueState.DROPPED)
    return bool(rows.exists())


def _wanted() -> Iterator[str]:
    for key in Window.objects.filter(state=WindowState.AGREED).values_list("pk", flat=True):
        yield f"contact.window:{key}"
    for row in Inbound.objects.all():
        if row.words is not None or row.dropped is not None:
            yield f"contact.forget_words:{row.seq}"
        if row.state == InboundState.HELD:
            yield f"contact.release_line:{row.seq}"
        if row.state == InboundState.PENDING:
            yield f"contact.give_up_match:{row.seq}"
    for key in LateRow.objects.values_list("pk", flat=True):
        yield f"cards.forget_row:{key}"
    for key in Match.objects.values_list("message", flat=True):
        yield f"cards.forget_match:{key}"
    for key in Link.objects.values_list("pk", flat=True):
        yield f"network.forget_link:{key}"


def _overdue(now: int) -> Iterator[Due]:
    yield from Due.objects.filter(state=DueState.WAITING, due_ms__lte=now)
    yield from Due.objects.filter(state=DueState.STUCK)


@always
def a_window_ends_once(run: Run, over: bool) -> Iterator[str]:
    ended = told(run, facts.WindowKept, facts.WindowMissed)
    yield from (f"window {window} was kept or missed twice" for window in doubled(fact.window for _, fact in ended))
    if not over:
        return
    for row in Window.objects.filter(state=WindowState.AGREED):
        if row.closes_ms + row.grace_ms <= run.clock.now():
            yield f"window {row.pk} is over and nobody was told"
    waited = set(Window.objects.filter(state=WindowState.AGREED).values_list("person_id", flat=True))
    for plan in ContactPlan.objects.filter(person__forgotten_ms=None):
        if plan.person_id not in waited:
            yield "somebody has a plan and no window"


@healed
def a_call_has_its_link(run: Run, over: bool) -> Iterator[str]:
    back = {fact.call for _, fact in told(run, facts.CallTakenBack)}
    called = [seq for seq, _ in told(run, facts.Called) if seq not in back]
    done = dict(Due.objects.filter(kind="calls.write_link").values_list("about", "state"))
    yield from (f"call {seq} is {done.get(seq)}" for seq in called if done.get(seq) != DueState.DONE)
    yield from (f"call {seq} was taken back" for seq in back if done.get(seq) == DueState.DONE)


# The watch --------------------------------------------------------------------------------------------------------------


@always
def no_warning_isdoubled(run: Run, over: bool) -> Iterator[str]:
    standing = Warning.objects.exclude(state=WarningState.CLOSED).values_list("subject_id", flat=True)
    yield from (f"two stand about {subject}" for subject in doubled(standing))
    raised = [fact.warning for _, fact in told(run, facts.WarningRaised)]
    yield from (f"{warning} was raised twice" for warning in doubled(raised))
    if set(raised) != set(Warning.objects.values_list("pk", flat=True)):
        yield "rows and facts differ"


@always
def no_sign_is_weighed_twice(run: Run, over: bool) -> Iterator[str]:
    weighed = [fact.because for _, fact in told(run, facts.SignalWeighed)]
    yield from (f"fact {seq} was" for seq in doubled(weighed))
    kept = set(Signal.objects.exclude(kind=SignalKind.REMOVAL).values_list("because", flat=True))
    yield from (f"fact {seq} left a row or a fact" for seq in kept.symmetric_difference(weighed))
    if over:
        read = [seq for seq, fact in told(run, facts.MessageRead) if fact.person is not None and fact.card is not None]
        other = [seq for seq, _ in told(run, facts.WindowMissed, facts.ReportHeard)]
        yield from (f"fact {seq} was not" for seq in (*read, *other) if seq not in kept)


@always
def no_warning_is_lost(run: Run, over: bool) -> Iterator[str]:
    """Whoever is exposed by what is known, worked out anew from the rows alone, has a warning that stands: once all is read."""
    if not over and (inbox.readers_are_behind() or run.clock.skew):
        return
    found = analysis.analyse(analysis.read(house_desk()))
    stand = set(Warning.objects.exclude(state=WarningState.CLOSED).values_list("subject_id", flat=True))
    yield from (f"{each.subject} is to be warned" for each in found.exposures if each.subject not in stand)


@always
def no_deadline_drifts(run: Run, over: bool) -> Iterator[str]:
    """A deadline moves only from where it stood, and by a newer fact, which is none of the watch's own about warnings."""
    stands: dict[int, tuple[int, int]] = {}
    moved = told(run, facts.WarningRaised, facts.DeadlineMoved)
    kinds = {seq: kind for seq, _, kind, _ in run.ledger}
    for seq, fact in moved:
        if isinstance(fact, facts.DeadlineMoved):
            deadline, because = stands.get(fact.warning, (0, 0))
            if fact.before != deadline:
                yield f"fact {seq} moves it from where it was not"
            if fact.because <= because or fact.because >= seq:
                yield f"fact {seq} moves it for nothing new"
            if kinds[fact.because].startswith(("watch.warning", "watch.deadline", "alerts.")):
                yield f"fact {seq} moves it because of {kinds[fact.because]}"
        stands[fact.warning] = fact.deadline, fact.because
    for row in Warning.objects.all():
        if row.deadline_ms != stands[row.pk][0]:
            yield f"{row.pk} stands elsewhere than the facts say"


@healed
def a_later_look_says_the_same(run: Run, over: bool) -> Iterator[str]:
    desk = house_desk()
    later = Desk(desk.actor, type(desk.now)(desk.now + 50 * 3_600_000), desk.keyring)
    now, then = (analysis.analyse(analysis.read(each)).exposures for each in (desk, later))
    if now != then:
        yield "deadlines hang on the hour"


@always
def duress_does_not_end_by_itself(run: Run, over: bool) -> Iterator[str]:
    under = {row.pk: row.duress for row in Warning.objects.all()}
    for warning in run.duress:
        if not under.get(warning):
            yield f"{warning} is under duress no more"
    signed = {seq for seq, _ in told(run, facts.RequestUsed)}
    for seq, fact in told(run, facts.WarningClosed):
        if fact.warning in run.duress and fact.warning not in run.closed and not signed & {seq - 1, seq - 2}:
            yield f"{fact.warning} was closed by one"
        run.closed.add(fact.warning)
    run.duress |= {pk for pk, duress in under.items() if duress}
    if over:
        said = {fact.person for _, fact in told(run, facts.MessageRead) if fact.result is ReadingResult.DURESS}
        kept = analysis.read(house_desk()).duress
        yield from (f"{person} is under duress no more" for person in said - kept - {None})


# Waking -----------------------------------------------------------------------------------------------------------------


@always
def every_call_is_known_by_its_key(run: Run, over: bool) -> Iterator[str]:
    """One row for each that was due; what went out belongs to one; none is held to be sent that never went out."""
    due, silent = told(run, facts.WakeDue), told(run, facts.SilenceCallDue)
    rows = list(Wake.objects.all())
    called = {(row.warning, row.window, row.round) for row in rows}
    if called != {(fact.warning, None, fact.round) for _, fact in due} | {
        (None, fact.window, fact.round) for _, fact in silent
    }:
        yield "rows and facts differ"
    key_of = {row.pk: call_key(house_desk(), row) for row in rows}
    gone = {key for _, key in run.outside.taken}
    for row in rows:
        said = [row] if row.run_id != ALONG else [each for each in rows if _said_by(row, each)]
        if _is_sent(row) and not any(key_of[each.pk] in gone for each in said):
            yield f"call {row.pk} is sent and never went out"
    if gone - set(key_of.values()):
        yield "a call went out that nobody made"


@always
def no_call_is_made_twice(run: Run, over: bool) -> Iterator[str]:
    """One for each red, for each that was left or forgotten, and one whenever half an hour has passed."""
    causes = Counter(fact.warning for _, fact in told(run, *CALLS_FOR))
    last: dict[int, int] = {}
    rounds = Wake.objects.exclude(warning=None).order_by("warning", "round")
    for warning, _, due in dict.fromkeys(rounds.values_list("warning", "round", "due_ms")):
        if due < last.get(warning, due) + AGAIN_MS:
            causes[warning] -= 1
        last[warning] = due
    yield from (f"too many for {warning}" for warning, left in causes.items() if left < 0)


CALLS_FOR: Final = (facts.WarningTurnedRed, facts.WarningLeft, facts.AcknowledgementLapsed)


def _said_by(row: Wake, other: Wake) -> bool:
    """Whether nothing had to be sent for a silence, since this message had just been."""
    alike = other.officer == row.officer and other.way == row.way and other.kind == row.kind == facts.WakeKind.SILENCE
    return alike and other.run_id != ALONG and 0 <= row.again_ms - other.again_ms < TOGETHER_MS


def _is_sent(row: Wake) -> bool:
    return row.state == WakeState.SENT


@healed
def every_call_went_out(run: Run, over: bool) -> Iterator[str]:
    for row in Wake.objects.exclude(state=WakeState.SENT).exclude(warning=None):
        if needs_somebody(WarningId(row.warning)):
            yield f"call {row.round} for {row.warning} is {row.state}"
    again, waits = "alerts.wake_again", waiting()
    for row in Warning.objects.exclude(state=WarningState.CLOSED):
        if row.red_ms is not None and needs_somebody(WarningId(row.pk)) and f"{again}:{row.pk}" not in waits:
            yield f"nobody is called for {row.pk} any more"


# The house --------------------------------------------------------------------------------------------------------------


@always
def nothing_fails_but_by_our_faults(run: Run, over: bool) -> Iterator[str]:
    yield from run.said.unexpected
    yield from (f"{row.reader} is stuck at {row.seq}: {row.code}" for row in Stuck.objects.all())


@always
def no_name_is_without_a_key(run: Run, over: bool) -> Iterator[str]:
    named = set(RealName.objects.values_list("person_id", flat=True))
    yield from ("a name has no key" for _ in named - set(PersonKey.objects.values_list("person_id", flat=True)))
    gone = set(Person.objects.exclude(forgotten_ms=None).values_list("pk", flat=True))
    yield from ("a forgotten name is there" for _ in gone & named)
    if over:
        desk = run.desk("Haneul")
        yield from ("a name does not open" for person in named if not _opens(desk, person))


def _opens(desk: Desk, person: int) -> bool:
    try:
        data = keys.open_key(desk, PersonId(person))
        return data is not None and keys.open_fields(data) is not None
    except OjakError:
        return False


@always
def nobody_has_two_cards(run: Run, over: bool) -> Iterator[str]:
    active = Card.objects.filter(in_use=CardState.ACTIVE).values_list("person_id", "first_ms")
    held = doubled((person, first is None) for person, first in active)
    yield from ("somebody has two in use, or two to come" for _ in held)


@always
def the_chain_is_whole(run: Run, over: bool) -> Iterator[str]:
    if not over and run.place % 5:  # it is read from its beginning
        return
    try:
        head = audit.verify()
    except OjakError as damaged:
        yield str(damaged)
        return
    yield from (f"{mark.reader} has read what is not there" for mark in Bookmark.objects.filter(seq__gt=head))


@healed
def every_duty_has_caught_up(run: Run, over: bool) -> Iterator[str]:
    if inbox.readers_are_behind():
        yield "a reader is behind"
