"""How long one text takes against all cards of the house, by the product's own index; and one by one, to compare with."""

import time
from collections.abc import Callable, Iterator

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
    yield _line(f"found among and read by {on}, 99 of 100", np.quantile(read, 0.99), len(texts))
    few = texts[:10] + texts[-10:]
    yield _line(f"read by {on}, one after the other", np.median(milliseconds(one_by_one, few)), len(few))
    yield _line(f"index of {on} made", np.median(milliseconds(lambda _: Index.of(books.items()), few)), len(few))


def numbered(rows: Rows, places: np.ndarray) -> tuple[Numbered, ...]:
    return tuple((number, rows.row(int(place))) for number, place in enumerate(places))


def milliseconds(work: Callable[[str], object], texts: list[str]) -> np.ndarray:
    """Of each text, wall clock; the first few are read beforehand."""
    for text in texts[:5]:
        work(text)
    taken = []
    for text in texts:
        began = time.perf_counter_ns()
        work(text)
        taken.append(time.perf_counter_ns() - began)
    return np.array(taken) / 1e6


def _line(what: str, value: float, rounds: int, **goal: float) -> Figure:
    return Figure(case="timing", what=what, value=float(value), unit="ms", tries=rounds, **goal)
