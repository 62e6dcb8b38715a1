"""Somebody has phone and card, and asks the helper for the number."""

from collections.abc import Iterator

import numpy as np

from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.reading import DURESS, OK, RESULTS, SLIP, Read, Reader, nearly
from benchmarks.cards.tables import Small, Whole, but, looked_up, own_numbers, windows
from ojakgyo.domain.cards import asking_again

WELL = np.int8(0)


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("captor")
    reader = asked.reader(dice)
    for digits in (2, 3):
        yield from _with(reader, dice, asked.trials, digits)
    yield Figure(case="captor", what="texts the product read too, all alike", value=reader.checked, unit="texts")


def _with(reader: Reader, dice: np.random.Generator, count: int, digits: int) -> Iterator[Figure]:
    said = "" if digits == 2 else ", own number of three digits"
    places, own = windows(dice, reader.rows, count, 4), own_numbers(dice, count, digits)
    false, kept = but(dice, own), _kept_false(dice, own)
    used = says_well(reader, places[:, :3], own, false)
    goal: dict[str, float] = {"at_most": 0.0}
    yield share("captor", f"false number accepted in the next row{said}", int(used.is_(OK).sum()), count, **goal)
    yield share("captor", f"false number read as duress{said}", int(used.is_(DURESS).sum()), count)
    yield share("captor", f"false number read as a slip{said}", int(used.is_(SLIP).sum()), count)
    agreed = says_well(reader, places[:, :3], own, kept)
    yield share("captor", f"false number chosen beforehand accepted{said}", int(agreed.is_(OK).sum()), count, **goal)
    yield share("captor", f"false number chosen beforehand read as duress{said}", int(agreed.is_(DURESS).sum()), count)
    later = says_well(reader, places[:, :3], own, false, row=2)
    yield share("captor", f"false number accepted in the third row of three{said}", int(later.is_(OK).sum()), count)
    yield from _guesses(reader, dice, places, own, false, said)


def well(reader: Reader, places: Whole, number: Small, row: int = 0) -> Texts:
    """ "All well" by this number, from this row of the card."""
    return Texts.of(looked_up(reader.rows, places[:, row], np.column_stack([number, np.full(len(number), WELL)])))


def says_well(reader: Reader, places: Whole, own: Small, number: Small, row: int = 0) -> Read:
    return reader.read(well(reader, places, number, row), places, own)


def _kept_false(dice: np.random.Generator, own: Small) -> Small:
    """A number as `draw_false` draws it."""
    false = but(dice, own)
    while (near := nearly(false, own)).any():
        false[near] = but(dice, own[near])
    return false


def _guesses(
    reader: Reader, dice: np.random.Generator, places: Whole, own: Small, false: Small, said: str
) -> Iterator[Figure]:
    """Once, with no belief in the number that was given; and again, where the desk asks for the price again."""
    count, guess = len(own), but(dice, false)
    first = says_well(reader, places[:, :3], own, guess)
    sure = first.is_(OK)
    yield share("captor", f"guesses another number: accepted{said}", int(sure.sum()), count)
    other = but(dice, false, guess)
    second = says_well(reader, places[:, 1:], own, other).is_(OK)
    unread = np.array([asking_again.may_ask([result]) for result in RESULTS])[first.result]
    yield share("captor", f"and is asked again by our rule{said}", int((sure | (unread & second)).sum()), count)
    slip = first.is_(SLIP) | unread
    yield share("captor", f"and were every slip asked again{said}", int((sure | (slip & second)).sum()), count)
