"""Whether whoever looks on can tell well from duress by how long the desk takes: both, in turn, many times."""

import logging
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure
from benchmarks.cards.tables import but, drawn, looked_up, own_numbers, windows, written
from benchmarks.cards.timing import numbered
from ojakgyo.domain.cards import decode, own_number
from ojakgyo.domain.cards.own_number import OwnNumber
from ojakgyo.domain.cards.replay import UsedTexts
from ojakgyo.web.evenly import evenly

Times = npt.NDArray[np.float64]

USED = UsedTexts(bytes(32))
HELD = 30
"""Readings that are answered as a program or a page is: at the next quarter of a second."""
NO_LONGER_MS = 5.0
"""What duress may take longer than well, or well than duress, by their medians: far less than a network adds."""


def measured(asked: Asked) -> Iterator[Figure]:
    """The reading by itself, and in an open house: kept, sealed, read, recorded and committed, as a program is answered."""
    yield from compared("decode.read alone", _read(asked), unit="ms")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ojak-cards-", dir=memory) as scratch:
        works = _verified(asked, Path(scratch))
        read = {name: each[:-HELD] for name, each in works.items()}
        yield from compared("from words to answer", read, unit="ms", at_most=NO_LONGER_MS)
        held = {name: [evenly(work) for work in each[-HELD:]] for name, each in works.items()}
        yield from compared("as it is answered, at whole steps", held, unit="ms", at_most=NO_LONGER_MS)


def _read(asked: Asked) -> dict[str, list[Callable[[], object]]]:
    dice, rows = asked.dice("answering"), drawn()
    count = asked.rounds
    places, own = windows(dice, rows, count, 3), own_numbers(dice, count)
    works: dict[str, list[Callable[[], object]]] = {}
    for name, number in (("well", own), ("duress", but(dice, own))):
        texts = looked_up(rows, places[:, 0], np.column_stack([number, np.zeros(count, np.int8)]))
        works[name] = [
            _reading(written(text), numbered(rows, mine), OwnNumber(tuple(int(digit) for digit in digits)))
            for text, mine, digits in zip(texts, places, own, strict=True)
        ]
    return works


def _verified(asked: Asked, home: Path) -> dict[str, list[Callable[[], object]]]:
    """As many helpers as rounds; each writes once well and once under duress, half of them in the other order."""
    from benchmarks.rewrap import founded, with_people

    logging.getLogger("ojakgyo").setLevel(logging.ERROR)  # slow writes are what is counted here
    _, keys = founded(home)
    ((_, people),) = with_people(keys, people=asked.rounds // 2, cells=1)
    from ojakgyo.apps.cards.actions import issue_card, take_over_card
    from ojakgyo.apps.cards.models import Card
    from ojakgyo.apps.cards.reading import number_of
    from ojakgyo.apps.cards.reading.kept import kept
    from ojakgyo.apps.contact.reading_now import verify
    from ojakgyo.apps.vault.desks import officer_desk
    from ojakgyo.domain.cards import encode
    from ojakgyo.domain.facts import Meaning

    dice = random.Random("answering")  # nosec B311 - nobody's number
    works: dict[str, list[Callable[[], object]]] = {"well": [], "duress": []}
    for place, person in enumerate(people):
        desk = officer_desk(keys)
        card = issue_card(desk, person=person)
        take_over_card(desk, card=card)
        own = number_of(desk, card)
        _, rows = kept.rows(desk, Card.objects.get(pk=card), 2)
        said = {"well": own, "duress": own_number.draw_false(own, dice.randbytes)}
        for name, (_, row) in zip(("well", "duress") if place % 2 else ("duress", "well"), rows, strict=True):
            words = encode.text(row, own_number=said[name], meaning=Meaning.WELL)
            works[name].append(partial(_verify, verify, officer_desk, keys, person, words))
    return works


def _verify(
    verify: Callable[..., object], desk_of: Callable[..., object], keys: object, person: int, words: str
) -> object:
    return verify(desk_of(keys), person=person, words=words)


def _reading(text: str, rows: object, own: OwnNumber) -> Callable[[], object]:
    return lambda: decode.read(text, rows=rows, own_number=own, used=USED)  # type: ignore[arg-type]


def compared(what: str, works: dict[str, list[Callable[[], object]]], *, unit: str, **goal: float) -> Iterator[Figure]:
    """Medians, and how far the two lie over each other: 1 is the same, 0 is told apart by one look."""
    taken = {name: np.empty((len(each), 2)) for name, each in works.items()}
    names = list(works)
    rounds = len(works[names[0]])
    for number in range(rounds):
        for name in names if number % 2 else names[::-1]:
            began, worked = time.perf_counter_ns(), time.thread_time_ns()
            works[name][number]()
            taken[name][number] = time.perf_counter_ns() - began, time.thread_time_ns() - worked
    well, duress = taken["well"] / 1e6, taken["duress"] / 1e6
    for name, times in (("well", well), ("duress", duress)):
        for clock, column in (("", 0), (", processor", 1)):
            median = float(np.median(times[:, column]))
            yield Figure(case="answering", what=f"{what}: {name}{clock}", value=median, unit=unit, tries=rounds)
    longer, more = (float(each) for each in np.median(duress, axis=0) - np.median(well, axis=0))
    yield Figure(case="answering", what=f"{what}: duress takes longer by", value=longer, unit=unit, tries=rounds)
    apart = f"{what}: apart by, processor"
    yield Figure(case="answering", what=apart, value=abs(more), unit=unit, tries=rounds, **goal)
    shared, told = overlap(well[:, 0], duress[:, 0]), told_apart(well[:, 0], duress[:, 0])
    yield Figure(case="answering", what=f"{what}: overlap", value=shared, tries=rounds)
    yield Figure(case="answering", what=f"{what}: right guesses by one look", value=told, tries=rounds)


def overlap(one: Times, other: Times) -> float:
    """The area two distributions share, over tenths of both together."""
    edges = np.quantile(np.concatenate([one, other]), np.linspace(0, 1, 11))
    edges[0], edges[-1] = -np.inf, np.inf
    shares = [np.histogram(times, edges)[0] / times.size for times in (one, other)]
    return float(np.minimum(*shares).sum())


def told_apart(one: Times, other: Times) -> float:
    """Of one look each at a well and a duress, how often the longer one is the duress, or the shorter: at least a half."""
    longer = float((other[:, None] > one[None, :]).mean())
    return max(longer, 1 - longer)
