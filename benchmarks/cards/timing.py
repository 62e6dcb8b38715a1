"""How long one text takes against all cards of the house, by the product's own index; and one by one, to compare with.

Then the same in an open house, where each accepted text moves a card on and has the index made anew by the next one.
"""

import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.cards import people
from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure
from benchmarks.cards.tables import Rows, drawn, looked_up, own_numbers, windows
from ojakgyo.domain.cards import decode
from ojakgyo.domain.cards.codebook import ROWS, Numbered
from ojakgyo.domain.cards.index import Index
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts

CARDS, LIMIT_MS = 200, 2.0
USED = UsedTexts(bytes(32))


def measured(asked: Asked) -> Iterator[Figure]:
    dice, rows = asked.dice("timing"), drawn()
    for cards, ahead, goal in ((CARDS, 3, LIMIT_MS), (CARDS, ROWS, None), (10 * CARDS, 3, None)):
        yield from _against(rows, dice, cards, ahead, asked.rounds, goal)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ojak-cards-", dir=memory) as scratch:
        yield from _in_a_house(asked, Path(scratch))


def _in_a_house(asked: Asked, home: Path) -> Iterator[Figure]:
    """`read_text` in a transaction that is open: a right text of one helper, a text of a phone nobody knows, another one."""
    from benchmarks.rewrap import founded, with_people

    logging.getLogger("ojakgyo").setLevel(logging.ERROR)
    _, keys = founded(home)
    ((_, helpers),) = with_people(keys, people=CARDS, cells=1)
    from ojakgyo.apps.cards.actions import issue_card, take_over_card
    from ojakgyo.apps.cards.queries import rows_ahead
    from ojakgyo.apps.cards.reading import number_of, read_text
    from ojakgyo.apps.chronicle.acts import writing
    from ojakgyo.apps.vault.desks import house_desk, officer_desk
    from ojakgyo.domain.cards import encode
    from ojakgyo.domain.facts import Meaning, ReadingResult

    desk, own = house_desk(), {}
    for person in helpers:
        card = issue_card(officer_desk(keys), person=person)
        take_over_card(officer_desk(keys), card=card)
        own[person] = number_of(desk, card)
    dice, turns = asked.dice("timing in a house"), min(asked.rounds, 3 * CARDS)
    blind = [[f"{number:06}" for number in pair] for pair in dice.integers(0, 1_000_000, (turns, 2)).tolist()]
    taken = np.empty((turns, 3))
    for turn in range(turns):
        person, sender = helpers[turn % CARDS], turn.to_bytes(16)
        ((_, row),) = rows_ahead(desk.keyring.ring.state_key(), person, 1)
        right = encode.text(row, own_number=own[person], meaning=Meaning.WELL)
        with writing("timing"):
            began = [time.thread_time_ns()]
            read = read_text(desk, words=right, person=person, message=3 * turn + 1)
            began.append(time.thread_time_ns())
            for place, text in enumerate(blind[turn], 3 * turn + 2):
                read_text(desk, words=text, sender=sender, message=place)
                began.append(time.thread_time_ns())
        assert read is not None and read.reading.result is ReadingResult.OK
        taken[turn] = np.diff(began) / 1e6
    for what, times in zip(
        ("a right text accepted", "one of an unknown phone after it", "the next one of that phone"),
        taken[5:].T,
        strict=True,
    ):
        said = f"in a house, processor: {what}"
        yield _line(said, np.median(times), len(times))
        yield _line(f"{said}, 99 of 100", np.quantile(times, 0.99), len(times))


def _against(
    rows: Rows, dice: np.random.Generator, cards: int, ahead: int, rounds: int, goal: float | None
) -> Iterator[Figure]:
    places, own = windows(dice, rows, cards, ahead), own_numbers(dice, cards)
    books = {card: numbered(rows, mine) for card, mine in enumerate(places)}
    numbers = [OwnNumber(tuple(int(digit) for digit in mine)) for mine in own]
    index = Index.of(books.items())
    whose = dice.integers(0, cards, rounds)
    said = np.column_stack([own[whose], np.zeros(rounds, np.int8)])
    right = looked_up(rows, places[whose, dice.integers(0, ahead, rounds)], said)
    texts = ["".join(map(str, text)) for text in right] + [people.blind(dice, 1).text(0) for _ in range(rounds)]

    def by_index(text: str) -> object:
        """Found, and read on every card it fits."""
        cards_found = {fit.card for fit in index.find(text)}
        return [decode.read(text, rows=books[card], own_number=numbers[card], used=USED) for card in cards_found]

    def one_by_one(text: str) -> object:
        return [decode.read(text, rows=mine, own_number=numbers[card], used=USED) for card, mine in books.items()]

    on = f"{cards:,} cards of {ahead} rows"
    goals = {} if goal is None else {"at_most": goal}
    found = milliseconds(index.find, texts)
    yield _line(f"one text found among {on}", np.median(found), len(texts))
    read = milliseconds(by_index, texts)
    yield _line(f"found among and read by {on}", np.median(read), len(texts), **goals)
    worked = milliseconds(by_index, texts, time.thread_time_ns)
    yield _line(f"found among and read by {on}, processor, 99 of 100", np.quantile(worked, 0.99), len(texts))
    few = texts[:10] + texts[-10:]
    yield _line(f"read by {on}, one after the other", np.median(milliseconds(one_by_one, few)), len(few))
    yield _line(f"index of {on} made", np.median(milliseconds(lambda _: Index.of(books.items()), few)), len(few))


def numbered(rows: Rows, places: np.ndarray) -> tuple[Numbered, ...]:
    return tuple((number, rows.row(int(place))) for number, place in enumerate(places))


def milliseconds(
    work: Callable[[str], object], texts: list[str], clock: Callable[[], int] = time.perf_counter_ns
) -> np.ndarray:
    """Of each text; the first few are read beforehand."""
    for text in texts[:5]:
        work(text)
    taken = []
    for text in texts:
        began = clock()
        work(text)
        taken.append(clock() - began)
    return np.array(taken) / 1e6


def _line(what: str, value: float, rounds: int, **goal: float) -> Figure:
    return Figure(case="timing", what=what, value=float(value), unit="ms", tries=rounds, **goal)
