"""What the people of the world do: helpers write by their paper, officers act by the product's own actions."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from ojakgyo.apps.alerts.actions import drop_on_call, set_on_call
from ojakgyo.apps.alerts.models import OnCall
from ojakgyo.apps.calls.actions import record_call, take_back_call
from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.actions import capture_card, issue_card, lose_card, take_over_card
from ojakgyo.apps.contact.actions import agree_window, take_back, type_message
from ojakgyo.apps.contact.forgetting import keep_forgotten
from ojakgyo.apps.contact.models import RadioSilence, Silence, Window, WindowState
from ojakgyo.apps.contact.outages.acts import explain_miss
from ojakgyo.apps.contact.radio.acts import begin_radio_silence, end_radio_silence
from ojakgyo.apps.contact.silences.acts import BY_HAND, end_silence, take_silence
from ojakgyo.apps.home.shifts.actions import hand_over, take_shift
from ojakgyo.apps.home.shifts.gathering import gather
from ojakgyo.apps.people.actions import keep_name
from ojakgyo.apps.people.models import RealName as NameRow
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault.actions.requests import approve_request, make_request
from ojakgyo.apps.watch.actions import (
    acknowledge_warning,
    close_warning,
    hear_report,
    take_over_warning,
    take_warning,
    tell_subject,
)
from ojakgyo.apps.watch.closing import ask_to_close, close_by_two
from ojakgyo.apps.watch.models import Warning, WarningState
from ojakgyo.domain.cards import encode
from ojakgyo.domain.cards.codebook import Row
from ojakgyo.domain.facts import (
    Answer,
    CallOutcome,
    CloseReason,
    Credibility,
    Meaning,
    MissCause,
    Reliability,
    ReportKind,
    RequestKind,
    RouteKind,
)
from ojakgyo.domain.values.ids import CardId, PersonId, WarningId
from ojakgyo.domain.values.instants import HOUR_MS, Instant
from ojakgyo.store import keyholder
from simulation.founding import FALSE, NUMBERS, OWN, PEOPLE, STRANGER
from simulation.story import Event, Kind

if TYPE_CHECKING:
    from simulation.running import Letter, Run


# Helpers ----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Paper:
    """A card as it lies before its holder, who crosses out what was sent; `sent`: what they may be made to send again."""

    card: CardId
    rows: dict[int, Row]
    next: int
    sent: list[str]


SORTS: Final = {
    "well": 56,
    "skips": 6,
    "duress": 8,
    "slip": 7,
    "danger": 3,
    "quiet": 3,
    "garbled": 6,
    "replay": 5,
    "phone": 6,
    "words": 4,
}
"""What a text is. "skips": a row is left out; "phone": by a stranger's phone."""


def paper_of(run: "Run", who: str) -> Paper | None:
    """What its holder has in hand, once the desk has handed one over."""
    card = stock.present(run.founded.persons[who])
    if card is None:
        return run.papers.get(who)
    known = run.papers.get(who)
    if known is None or known.card != card.pk:
        rows = dict(stock.rows_of(keyholder.ring().state_key(), card))
        known = run.papers[who] = Paper(CardId(card.pk), rows, card.row, [])
    return known


def written(run: "Run", event: Event) -> "tuple[Letter, str, str] | None":
    """What somebody writes, the words and the number they come from; None: they have no card and nothing to say."""
    from simulation.running import Letter

    luck, who = event.luck, event.who
    (sort,) = luck.choices(tuple(SORTS), tuple(SORTS.values()))
    number = STRANGER if sort == "phone" else NUMBERS[who]
    paper = paper_of(run, who)
    if sort == "words" or paper is None:
        return Letter("words", who), luck.choice(("잘 지내요", "call me", "다음 주에")), number
    if sort == "garbled":
        return Letter(sort, who), f"{luck.randrange(10**6):06}", number
    if sort == "replay" and paper.sent:
        return Letter(sort, who), luck.choice(paper.sent), number
    row = paper.next + (1 if sort == "skips" else 0)
    if row not in paper.rows:
        return Letter("words", who), "no rows left", number
    text = _said(paper.rows[row], sort, luck)
    paper.next = row + 1
    paper.sent.append(text)
    return Letter(sort, who, paper.card, row), text, number


def _said(row: Row, sort: str, luck: Random) -> str:
    if sort == "quiet":
        return encode.text(row, own_number=OWN, meaning=Meaning.DELAYED, suffix=(0, luck.randrange(1, 4)))
    meaning = Meaning.DANGER if sort == "danger" else Meaning.WELL
    text = encode.text(row, own_number=FALSE if sort == "duress" else OWN, meaning=meaning)
    if sort == "slip":
        place = luck.randrange(len(text))
        text = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    return text


# Officers ---------------------------------------------------------------------------------------------------------------


def _officer(event: Event) -> str:
    return "Haneul" if event.number % 2 else "Dasom"


def _person(run: "Run", event: Event) -> PersonId:
    return run.founded.persons[event.who]


def log(run: "Run", event: Event) -> None:
    """A line about somebody, heard by voice, which is sometimes taken back."""
    luck, by, person = event.luck, _officer(event), _person(run, event)
    message = run.act(event, by, lambda desk: type_message(desk, person=person, words=luck.choice(("좋아요", "fine"))))
    if message is not None and luck.random() < 0.3:
        run.act(event, by, lambda desk: take_back(desk, message=message))


def call(run: "Run", event: Event) -> None:
    luck, by, person = event.luck, _officer(event), _person(run, event)
    outcome = luck.choice(tuple(CallOutcome))
    seq = run.act(event, by, lambda desk: record_call(desk, person=person, outcome=outcome, seconds=40))
    if seq is not None and luck.random() < 0.25:
        run.act(event, by, lambda desk: take_back_call(desk, call=seq))


def report(run: "Run", event: Event) -> None:
    luck, about = event.luck, run.founded.persons[event.luck.choice(tuple(PEOPLE))]
    kind = luck.choice(tuple(ReportKind))

    def heard(desk: Any) -> Any:
        return hear_report(
            desk,
            about=about,
            source=None,
            report=kind,
            reliability=Reliability.USUAL,
            credibility=Credibility.UNCONFIRMED,
        )

    run.act(event, _officer(event), heard)


def warning(run: "Run", event: Event) -> None:
    """Something about one of the warnings that stand; one under duress is closed by two."""
    standing = Warning.objects.exclude(state=WarningState.CLOSED).order_by("subject_id", "episode")
    found = list(standing.values_list("pk", flat=True))
    if not found:
        return
    luck, by = event.luck, _officer(event)
    which = WarningId(luck.choice(found))
    (act,) = luck.choices((_seen, _taken, _told, _closed, _closed_by_two), (30, 25, 25, 12, 8))
    act(run, event, by, which, luck)


def _seen(run: "Run", event: Event, by: str, which: WarningId, luck: Random) -> None:
    run.act(event, by, lambda desk: acknowledge_warning(desk, warning=which))


def _taken(run: "Run", event: Event, by: str, which: WarningId, luck: Random) -> None:
    take = luck.choice((take_warning, take_over_warning))
    run.act(event, by, lambda desk: take(desk, warning=which))


def _told(run: "Run", event: Event, by: str, which: WarningId, luck: Random) -> None:
    answer = luck.choice(tuple(Answer))
    run.act(event, by, lambda desk: tell_subject(desk, warning=which, route=RouteKind.AGREED_LINE, answer=answer))


def _closed(run: "Run", event: Event, by: str, which: WarningId, luck: Random) -> None:
    run.act(event, by, lambda desk: close_warning(desk, warning=which, reason=CloseReason.OTHER_CAUSE))


def _closed_by_two(run: "Run", event: Event, by: str, which: WarningId, luck: Random) -> None:
    other = "Dasom" if by == "Haneul" else "Haneul"
    request = run.act(event, by, lambda desk: ask_to_close(desk, warning=which, reason=CloseReason.OTHER_CAUSE))
    if request is None or run.act(event, other, lambda desk: approve_request(desk, request=request)) is None:
        return
    run.act(event, by, lambda desk: close_by_two(desk, warning=which, request=request))


def card(run: "Run", event: Event) -> None:
    """A new card for whoever's is nearly used up, or gone."""
    person, by = _person(run, event), _officer(event)
    present = stock.present(person)
    if present is not None and present.row < 8:
        return
    made = run.act(event, by, lambda desk: issue_card(desk, person=person, number=OWN))
    waiting = stock.to_come(person)
    if made is not None or waiting is not None:
        fresh = CardId(made or waiting.pk)
        run.act(event, by, lambda desk: take_over_card(desk, card=fresh))


def stop(run: "Run", event: Event) -> None:
    present = stock.present(_person(run, event))
    if present is not None:
        end = capture_card if event.luck.random() < 0.3 else lose_card
        run.act(event, _officer(event), lambda desk: end(desk, card=CardId(present.pk)))


def _anybody(run: "Run", event: Event) -> str:
    return event.luck.choice(tuple(PEOPLE))


def name(run: "Run", event: Event) -> None:
    who, said = _anybody(run, event), RealName(f"somebody {event.number}", (), "")
    person, cell = run.founded.persons[who], run.founded.cells[PEOPLE[who]]
    run.act(event, _officer(event), lambda desk: keep_name(desk, person=person, cell=cell, name=said))


def forget(run: "Run", event: Event) -> None:
    """Two have signed it: somebody without a phone is forgotten for ever."""
    without = [run.founded.persons[each] for each in PEOPLE if each not in NUMBERS]
    named = NameRow.objects.filter(person_id__in=without).order_by("person_id").values_list("person_id", flat=True)
    person, by = PersonId(event.luck.choice(list(named) or without)), _officer(event)
    other = "Dasom" if by == "Haneul" else "Haneul"
    asks = lambda desk: make_request(desk, kind=RequestKind.FORGET_PERSON, about=person)  # noqa: E731
    request = run.act(event, by, asks)
    if request is None or run.act(event, other, lambda desk: approve_request(desk, request=request)) is None:
        return
    run.act(event, by, lambda desk: keep_forgotten(desk, request=request, person=person))


def window(run: "Run", event: Event) -> None:
    luck, person = event.luck, _person(run, event)
    opens = Instant(run.clock.now() + luck.randrange(1, 60) * HOUR_MS)
    closes = Instant(opens + HOUR_MS)
    grace = luck.choice((0, 2, 6)) * HOUR_MS
    run.act(
        event,
        _officer(event),
        lambda desk: agree_window(desk, person=person, opens=opens, closes=closes, grace_ms=grace),
    )


def shift(run: "Run", event: Event) -> None:
    by = _officer(event)
    to = "Dasom" if by == "Haneul" else "Haneul"
    officer = run.founded.officers[to].officer
    signs = lambda desk: hand_over(desk, to=officer, line="all quiet", seen=gather(desk).content.hex())  # noqa: E731
    made = run.act(event, by, signs)
    if made is not None:
        run.act(event, to, lambda desk: take_shift(desk, shift=made))


def silence(run: "Run", event: Event) -> None:
    """A silence is taken or ended, or it became known why a window was missed."""
    luck, by = event.luck, _officer(event)
    (act,) = luck.choices((take_silence, end_silence, explain_miss), (60, 20, 20))
    missed, silent = Window.objects.filter(state=WindowState.MISSED), Silence.objects.filter(ended_ms=None)
    rows = missed if act is explain_miss else silent
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    if not found:
        return
    which = luck.choice(found)
    if act is take_silence:
        run.act(event, by, lambda desk: take_silence(desk, window=which))
    elif act is end_silence:
        why = luck.choice(BY_HAND)
        run.act(event, by, lambda desk: end_silence(desk, window=which, why=why))
    else:
        cause, person = luck.choice(tuple(MissCause)), PersonId(Window.objects.get(pk=which).person_id)
        run.act(event, by, lambda desk: explain_miss(desk, person=person, window=which, cause=cause))


def radio(run: "Run", event: Event) -> None:
    """The desk keeps still, or does so no longer."""
    luck, by, now = event.luck, _officer(event), run.clock.now()
    if RadioSilence.objects.filter(begun_ms__lte=now, until_ms__gt=now, ended_ms=None).exists():
        run.act(event, by, end_radio_silence)
    else:
        until = Instant(now + luck.choice((1, 6, 12, 30)) * HOUR_MS)
        run.act(event, by, lambda desk: begin_radio_silence(desk, until=until))


def rota(run: "Run", event: Event) -> None:
    luck, by = event.luck, _officer(event)
    turns = list(OnCall.objects.filter(officer=run.founded.officers[by].officer).order_by("pk"))
    if turns and luck.random() < 0.4:
        turn = turns[-1].pk
        run.act(event, by, lambda desk: drop_on_call(desk, turn=turn))
        return
    opens = Instant(run.clock.now() + luck.randrange(0, 20) * HOUR_MS)
    closes = Instant(opens + luck.randrange(4, 30) * HOUR_MS)
    officer = run.founded.officers[by].officer
    run.act(event, by, lambda desk: set_on_call(desk, officer=officer, opens=opens, closes=closes))


ACTS: Final[dict[Kind, Callable[["Run", Event], None]]] = {
    Kind.LOG: log,
    Kind.CALL: call,
    Kind.REPORT: report,
    Kind.WARNING: warning,
    Kind.CARD: card,
    Kind.STOP: stop,
    Kind.NAME: name,
    Kind.FORGET: forget,
    Kind.WINDOW: window,
    Kind.SHIFT: shift,
    Kind.SILENCE: silence,
    Kind.RADIO: radio,
    Kind.ROTA: rota,
}
