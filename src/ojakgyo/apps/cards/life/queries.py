"""How cards stand: for who holds the key of the holder's cell, and the same after a good text as after a forced one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.keys import demand_cell
from ojakgyo.apps.cards.life.values import CardLine, CardPage, IssuePage, NextStep, Pocket, SharedLine
from ojakgyo.apps.cards.models import Card, CardState, PocketNumber, Quarantine, Sharer
from ojakgyo.apps.cards.queries import in_quarantine
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.people import queries as people
from ojakgyo.apps.vault import queries as vault
from ojakgyo.apps.vault import rights
from ojakgyo.apps.vault.queries.requests import open_about
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import CardId, PersonId
from ojakgyo.domain.values.instants import DAY_MS, Instant

FEW_ROWS: Final = 3
"""So many rows left: the next card is issued."""


def cards_page(desk: Desk) -> tuple[CardLine, ...]:
    """Every card of the cells that open here that is not over, and who should have one and has none; most urgent first."""
    held = {cell.id: cell.code for cell in network.cells_held(desk)}
    members = network.people_of(held)
    codes = {person: held[cell] for cell, persons in members.items() for person in persons}
    lines = _lines(desk, codes)
    order = list(NextStep)
    return tuple(sorted(lines, key=lambda line: (order.index(line.step), line.since or 0, line.code_name.en)))


def card_page(desk: Desk, *, card: CardId) -> CardPage:
    """One card. No such card: `Refused`; of a cell whose key is not held: ``NotHeld``."""
    row = stock.known(card)
    demand_cell(desk, row.person_id)
    present, to_come = stock.present(row.person_id), stock.to_come(row.person_id)
    code = network.whereabouts(desk, network.cell_of(PersonId(row.person_id)))[0]
    name = people.code_names(desk, [row.person_id])[row.person_id]
    over = row.in_use != CardState.ACTIVE
    watched = Instant(row.ended_ms + stock.TRIPWIRE_DAYS * DAY_MS) if row.ended_ms is not None and row.state else None
    return CardPage(
        line=_line(row, name, code, renewed=to_come is not None),
        state=CardState(row.in_use),
        row=row.row + 1,
        printed=_instant(row.printed_ms),
        told=_instant(row.told_ms),
        handed=_instant(row.handed_ms),
        first=_instant(row.first_ms),
        ended=_instant(row.ended_ms),
        watched_until=watched,
        replace_since=_instant(row.replace_ms),
        before=_other(present, row) if not over and row.first_ms is None else None,
        following=(_other(present, row) if over else None) or _other(to_come, row),
        in_quarantine=in_quarantine(row.person_id),
    )


def issue_page(desk: Desk, *, person: PersonId) -> IssuePage:
    """Somebody who is to have a card, or may not have one yet. Nobody of this id: `Refused`; another's cell: ``NotHeld``."""
    people.named(person)
    demand_cell(desk, person)
    code = network.whereabouts(desk, network.cell_of(person))[0]
    since = Quarantine.objects.filter(person_id=person, ended_ms=None).values_list("since_ms", flat=True).first()
    cards = [card for card in (stock.present(person), stock.to_come(person)) if card is not None]
    renewed = any(card.first_ms is None for card in cards)
    name = people.code_names(desk, [person])[person]
    return IssuePage(
        person=person,
        code_name=name,
        cell=code,
        lines=tuple(_line(card, name, code, renewed=renewed) for card in cards),
        quarantine=_instant(since),
        request=open_about(desk, kind=RequestKind.END_QUARANTINE, about=person),
        may_ask=rights.may_ask(RequestKind.END_QUARANTINE, vault.roles(desk)),
        may_issue=since is None and not renewed,
        handed_over=any(card.first_ms is None and card.handed_ms is not None for card in cards),
    )


def pocket_numbers(desk: Desk, *, holder: PersonId) -> tuple[Pocket, ...]:
    """Whom a holder's codes can speak of, by number. Another's cell: ``NotHeld``."""
    demand_cell(desk, holder)
    rows = list(PocketNumber.objects.filter(holder_id=holder).order_by("number"))
    names = people.code_names(desk, [row.about_id for row in rows])
    return tuple(Pocket(PersonId(row.about_id), names[row.about_id], f"{row.number:02}") for row in rows)


def shared_lines(desk: Desk, *, holder: PersonId) -> tuple[SharedLine, ...]:
    """The lines of somebody, and who else speaks through each. Another's cell: ``NotHeld``."""
    demand_cell(desk, holder)
    lines = network.lines_among([holder]).get(holder, ())
    rows = list(Sharer.objects.filter(line_id__in=[line for line, _ in lines]).order_by("pk"))
    names = people.code_names(desk, [row.person_id for row in rows])
    through: dict[int, list[tuple[PersonId, CodeName]]] = {}
    for row in rows:
        through.setdefault(row.line_id, []).append((PersonId(row.person_id), names[row.person_id]))
    return tuple(SharedLine(line, state, tuple(through.get(line, ()))) for line, state in lines)


def _lines(desk: Desk, codes: Mapping[PersonId, str]) -> Iterable[CardLine]:
    cards = list(Card.objects.filter(person_id__in=codes, in_use=CardState.ACTIVE))
    carded, renewed = {card.person_id for card in cards}, {card.person_id for card in cards if card.first_ms is None}
    isolated = dict(Quarantine.objects.filter(person_id__in=codes, ended_ms=None).values_list("person_id", "since_ms"))
    wanted = people.helpers_known() | isolated.keys()
    without = [person for person in codes if person in wanted and person not in carded]
    names, ended = people.code_names(desk, codes), _last_ended(without)
    for card in cards:
        yield _line(card, names[card.person_id], codes[PersonId(card.person_id)], renewed=card.person_id in renewed)
    for person in without:
        state, when = ended.get(person, (None, None))
        yield CardLine(
            person=person,
            code_name=names[person],
            cell=codes[person],
            card=None,
            step=NextStep.END_QUARANTINE if person in isolated else NextStep.ISSUE,
            rows_left=None,
            issued=None,
            since=_instant(isolated.get(person, when)),
            replace=None,
            ended=state,
        )


def _last_ended(persons: Collection[int]) -> dict[int, tuple[CardState, int]]:
    rows = Card.objects.filter(person_id__in=persons, ended_ms__isnull=False).order_by("ended_ms", "issued_ms", "pk")
    return {
        person: (CardState(state), ended)
        for person, state, ended in rows.values_list("person_id", "in_use", "ended_ms")
    }


def _line(card: Card, name: CodeName, code: str, *, renewed: bool) -> CardLine:
    stages = (card.ended_ms, card.first_ms, card.handed_ms, card.printed_ms, card.issued_ms)
    return CardLine(
        person=PersonId(card.person_id),
        code_name=name,
        cell=code,
        card=CardId(card.pk),
        step=_step(card, renewed=renewed),
        rows_left=stock.rows_left(card),
        issued=Instant(card.issued_ms),
        since=_instant(next(stage for stage in stages if stage is not None)),
        replace=card.replace_why,
    )


def _step(card: Card, *, renewed: bool) -> NextStep:
    """`renewed`: the next card is issued already."""
    if card.in_use != CardState.ACTIVE:
        return NextStep.OVER
    if card.handed_ms is None and card.first_ms is None:
        return NextStep.PRINT if card.printed_ms is None else NextStep.TELL_AND_HAND_OVER
    if card.throttled_ms is not None or card.resync_ms is not None:
        return NextStep.ASK_BY_VOICE
    if card.first_ms is None:
        return NextStep.WAIT_FOR_FIRST_CODE
    due = stock.rows_left(card) <= FEW_ROWS or card.replace_ms is not None
    return NextStep.RENEW if due and not renewed else NextStep.IN_USE


def _other(card: Card | None, than: Card) -> CardId | None:
    return None if card is None or card.pk == than.pk else CardId(card.pk)


def _instant(value: int | None) -> Instant | None:
    return None if value is None else Instant(value)
