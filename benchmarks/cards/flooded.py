"""One number that sends texts all day: what each costs an open house, and what is left of them."""

import logging
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure
from ojakgyo.domain.cards import throttle

TRIES, CARDS = 100_000, 200
AT_ONCE = 1_000
"""Texts of one transaction: what is measured is the reading, not the disk."""
NO_LONGER_MS, NO_MORE_MB = 2.0, 4.0
WAITS_ON = 3
"""Cards one text may wait on."""


def measured(asked: Asked) -> Iterator[Figure]:
    """Texts of six digits at random within one day, from a number nobody knows."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ojak-cards-", dir=memory) as scratch:
        yield from _flooded(asked, Path(scratch))


def _flooded(asked: Asked, home: Path) -> Iterator[Figure]:
    from benchmarks.rewrap import founded, with_people

    logging.getLogger("ojakgyo").setLevel(logging.ERROR)
    _, keys = founded(home)
    ((_, people),) = with_people(keys, people=CARDS, cells=1)
    from ojakgyo.apps.cards.actions import issue_card, take_over_card
    from ojakgyo.apps.cards.models import BadText, Card, Match, UsedText
    from ojakgyo.apps.cards.reading import read_text
    from ojakgyo.apps.chronicle.acts import writing
    from ojakgyo.apps.chronicle.models import Due
    from ojakgyo.apps.vault.desks import house_desk, officer_desk

    for person in people:
        take_over_card(officer_desk(keys), card=issue_card(officer_desk(keys), person=person))
    tries, sender, desk, results = min(TRIES, asked.trials), b"n" * 16, house_desk(), Counter[str]()
    texts = [f"{number:06}" for number in asked.dice("flooded").integers(0, 1_000_000, tries).tolist()]
    before = {each: each.objects.count() for each in (BadText, Match, UsedText, Due)}
    taken, resident = np.empty(tries), []
    for start in range(0, tries, AT_ONCE):
        with writing("flooded"):
            for place, text in enumerate(texts[start : start + AT_ONCE], start):
                began = time.thread_time_ns()
                read = read_text(desk, words=text, sender=sender, message=place + 1)
                taken[place] = time.thread_time_ns() - began
                results["nothing" if read is None else "waits" if read.pending else str(read.reading.result)] += 1
        resident.append(_resident_mb())
    rows = {each.__name__: each.objects.count() - count for each, count in before.items()}
    whose, closed = results["ok"] + results["duress"] + results["slip"], taken[throttle.SENDER_TRIES :] / 1e6
    throttled = Card.objects.exclude(throttled_ms=None).count()
    most = throttle.SENDER_TRIES
    yield Figure(case="flooded", what="texts by one number nobody knows, in a day", value=tries, unit="texts")
    for what, value, unit, goal in (
        ("one text once it is closed, median, processor", float(np.median(closed)), "ms", NO_LONGER_MS),
        ("one text once it is closed, 1 in 1,000, processor", float(np.quantile(closed, 0.999)), "ms", None),
        ("memory it grew by after the first thousand", resident[-1] - resident[0], "MB", NO_MORE_MB),
        ("rows kept of its tries", rows["BadText"], "rows", most),
        ("rows of texts that wait for a second one", rows["Match"], "rows", WAITS_ON * most),
        ("rows of timers", rows["Due"], "rows", most + 1),
        ("rows of cards used up, and cards closed", rows["UsedText"] + throttled, "rows", 0),
        ("texts that were read as somebody's", whose, "texts", 0),
    ):
        yield Figure(case="flooded", what=what, value=value, unit=unit, at_most=goal)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
