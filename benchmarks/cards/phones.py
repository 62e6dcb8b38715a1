"""Phones nobody knows, phones several people share, and cards that were ended: what chance makes of a text there."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.cards import people
from benchmarks.cards.asked import Asked
from benchmarks.cards.blind import accepted
from benchmarks.cards.captor import well
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.people import Slips
from benchmarks.cards.reading import DURESS, GARBLED, OK, RESULTS, SLIP, Flags, Read, Reader, told
from benchmarks.cards.tables import Rows, Small, Whole, but, own_numbers, windows
from benchmarks.cards.timing import numbered
from ojakgyo.domain.cards import books, throttle
from ojakgyo.domain.cards.index import Index
from ojakgyo.domain.cards.own_number import OwnNumber

CARDS, AHEAD = 200, 3
A_DAY = throttle.SENDER_TRIES
AT_MOST = 3
"""Cards that one text may wait on: apps/cards/reading/matching.py."""
PREFERRED = np.array([books.ORDER.index(result) for result in RESULTS])


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("phones")
    reader = asked.reader(dice)
    yield from _unknown(reader, dice, min(asked.trials // 250, 2_000))
    for sharers in (1, 2, 3):
        yield from _shared(reader, dice, asked.trials // 2, sharers)
    yield from _ended(reader, dice, asked.trials)
    yield Figure(case="phones", what="texts the product read too, all alike", value=reader.checked, unit="texts")


def _unknown(reader: Reader, dice: np.random.Generator, days: int) -> Iterator[Figure]:
    """Two hundred cards; a text fits a card if all its pairs are cells of one of its rows."""
    places, own = windows(dice, reader.rows, CARDS, AHEAD), own_numbers(dice, CARDS)
    for what, texts in (("blind", people.blind(dice, days * A_DAY)), ("built", built(dice, days * A_DAY))):
        fits = [fitting(reader.rows, Texts.of(part), places) for part in np.array_split(texts.digits, days // 50)]
        _agrees(reader.rows, texts, places, fits[0])
        once = sum(int(part.any(axis=1).sum()) for part in fits)
        yield share("phones", f"a {what} text fits a row of one of 200 cards", once, len(texts))
        said = [_numbers(reader.rows, texts.digits, places, part, first) for part, first in _placed(fits)]
        for rule, same in ((", by our rule", True), (", were any two numbers enough", False)):
            heard = sum(_heard(day, own, same=same) for part in said for day in part)
            yield share("phones", f"two of {A_DAY} {what} texts taken for one card's{rule}", heard, days)
    right = accepted(reader, places, own).sum(axis=2)
    one, both = right.sum() / 1e6, (right.sum(axis=1) ** 2 - (right**2).sum(axis=1)).sum() / 1e12
    yield Figure(case="phones", what="a blind text is right on one of 200 cards", value=float(one), tries=1_000_000)
    yield Figure(
        case="phones", what="two blind texts are right on two rows of one of them", value=float(both), formula=True
    )


def built(dice: np.random.Generator, count: int) -> Texts:
    """By somebody who knows how rows are built: six different digits, which the cells of nearly any row may be."""
    return Texts.of(dice.permuted(np.tile(np.arange(10, dtype=np.int8), (count, 1)), axis=1)[:, :6])


def fitting(rows: Rows, texts: Texts, places: Whole) -> Flags:
    """bool [texts, cards * rows]"""
    table = rows.columns[places.ravel()].T >= 0
    pairs = 10 * texts.digits[:, 0::2] + texts.digits[:, 1::2]
    found = table[pairs[:, 0]]
    for pair in pairs.T[1:]:
        found &= table[pair]
    return found


def _agrees(rows: Rows, texts: Texts, places: Whole, fits: Flags) -> None:
    """The product's own index finds the same rows, for the first of these texts."""
    index = Index.of((card, numbered(rows, mine)) for card, mine in enumerate(places))
    for place in range(len(fits)):
        mine = [divmod(int(each), AHEAD) for each in np.flatnonzero(fits[place])]
        assert mine == [(fit.card, fit.row) for fit in index.find(texts.text(place))]


class Fit(NamedTuple):
    card: int
    row: int
    number: tuple[int, ...]


Day = list[list[Fit]]
"""For each text of a day the cards it fits, each by its nearest row."""


def _placed(fits: list[Flags]) -> Iterator[tuple[Flags, int]]:
    first = 0
    for part in fits:
        yield part, first
        first += len(part)


def _numbers(rows: Rows, digits: Small, places: Whole, fits: Flags, first: int) -> list[Day]:
    """The days of this part, with the number each fit would say."""
    texts: Day = [[] for _ in range(len(fits))]
    for text, place in zip(*np.nonzero(fits), strict=True):
        card, row = divmod(int(place), AHEAD)
        if texts[text] and texts[text][-1].card == card:
            continue
        typed = digits[first + text]
        number = rows.columns[places[card, row], 10 * typed[0:4:2] + typed[1:4:2]]
        texts[text].append(Fit(card, row, tuple(int(digit) for digit in number)))
    return [texts[day : day + A_DAY] for day in range(0, len(texts), A_DAY)]


def _heard(day: Day, own: Small, *, same: bool) -> bool:
    """Whether two of these texts count as one helper's, as the product puts texts of one sender together.

    Two rows of one card that say the same number, the own one or another. `same`: False where any two numbers would do.
    """
    waiting: list[Fit] = []
    for text in day:
        for found in sorted(text, key=lambda fit: not _is_right(fit, own))[:AT_MOST]:
            for before in waiting:
                if before.card != found.card or before.row == found.row:
                    continue
                if before.number == found.number or not same:
                    return True
            waiting.append(found)
    return False


def _is_own(fit: Fit, own: Small) -> bool:
    return fit.number == tuple(own[fit.card].tolist())


def _is_right(fit: Fit, own: Small) -> bool:
    return _is_own(fit, own) or OwnNumber(tuple(own[fit.card].tolist())).nearly(fit.number)


def _shared(reader: Reader, dice: np.random.Generator, count: int, sharers: int) -> Iterator[Figure]:
    """The holder writes; the text is read on the cards of the sharers too, and the best reading stands."""
    said = f", {sharers} sharing" if sharers > 1 else ", one sharing"
    sent = people.messages(dice, reader.rows, count, Slips())
    others = [(windows(dice, reader.rows, count, AHEAD), own_numbers(dice, count)) for _ in range(sharers)]
    whose, read = best(reader, sent.texts, [(sent.places, sent.own), *others])
    yield share("phones", f"honest message taken for another's{said}", int((whose > 0).sum()), count)
    yield share("phones", f"honest message accepted as another's{said}", int(((whose > 0) & read.is_(OK)).sum()), count)
    yield share(
        "phones", f"honest message read as another's duress{said}", int(((whose > 0) & read.is_(DURESS)).sum()), count
    )
    false = but(dice, sent.own)
    text = well(reader, sent.places, false)
    alone = reader.read(text, sent.places, sent.own)
    _, read = best(reader, text, [(sent.places, sent.own), *others])
    lost = alone.is_(DURESS) & ~read.is_(DURESS)
    yield share("phones", f"duress read as something else, by another's card{said}", int(lost.sum()), count)
    accepted_ = int((alone.is_(DURESS) & read.is_(OK)).sum())
    yield share("phones", f"duress accepted, by another's card{said}", accepted_, count)


def best(reader: Reader, texts: Texts, cards: list[tuple[Whole, Small]]) -> tuple[Whole, Read]:
    """Which card's reading stands, as `books.best` says, and that reading."""
    readings = [reader.read(texts, places, own) for places, own in cards]
    order = PREFERRED[np.stack([read.result for read in readings])]
    whose = order.argmin(axis=0)
    chosen = Read.nothing(len(texts))
    for card, read in enumerate(readings):
        here = np.flatnonzero(whose == card)
        chosen.put(here, Read(read.result[here], read.row[here], read.meaning[here], read.suffix[here]))
    for place in reader.dice.choice(len(texts), min(500, len(texts)), replace=False):
        said = [(card, told(read, int(place))) for card, read in enumerate(readings)]
        assert books.best(said) == (whose[place], told(chosen, int(place)))
    return whose, chosen


def _ended(reader: Reader, dice: np.random.Generator, count: int) -> Iterator[Figure]:
    """Rows of ended cards lie as tripwires: an honest text that fits no row of the present card may fit one of those."""
    sent = people.messages(dice, reader.rows, count, Slips())
    read = reader.read(sent.texts, sent.places, sent.own)
    unread = np.flatnonzero(read.is_(GARBLED) & (sent.texts.lengths == 6))
    places = windows(dice, reader.rows, len(unread), 12)
    digits = sent.texts.digits[unread]
    pairs = 10 * digits[:, 0:6:2] + digits[:, 1:6:2]
    for rows in (12, 3):
        touched = (reader.rows.columns[places[:, :rows, None], pairs[:, None, :]] >= 0).all(axis=2).any(axis=1)
        yield share("phones", f"honest message touches one of {rows} tripwire rows", int(touched.sum()), count)
    other = people.messages(dice, reader.rows, count, Slips(keying=0.0))
    places, own = windows(dice, reader.rows, count, AHEAD), own_numbers(dice, count)
    read = reader.read(other.texts, places, own)
    for what, result in (("OK", OK), ("a slip", SLIP), ("duress", DURESS)):
        yield share("phones", f"a code of another card read as {what}", int(read.is_(result).sum()), count)
