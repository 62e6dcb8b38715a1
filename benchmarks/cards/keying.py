"""Helpers who are free and make mistakes: one keying error each, and messages as they come; the naive scheme beside it."""

from collections.abc import Iterator

import numpy as np

from benchmarks.cards import naive, people
from benchmarks.cards.asked import Asked
from benchmarks.cards.figures import Figure, share
from benchmarks.cards.mistakes import Texts
from benchmarks.cards.people import Sent, Slips
from benchmarks.cards.reading import DURESS, GARBLED, GROUP, MALFORMED, OK, REPLAY, SLIP, Read, Reader
from benchmarks.cards.tables import Small, but, looked_up, own_numbers, windows

FALSE_DURESS, WRONG_GROUP = 1e-3, 5e-4
WEEKS, PEOPLE = 52, 200


def measured(asked: Asked) -> Iterator[Figure]:
    dice = asked.dice("keying")
    reader = asked.reader(dice)
    yield from _single(reader, dice, asked.trials)
    yield from _naive(dice, asked.trials)
    yield from _honest(reader, dice, asked.trials)
    yield from _replayed(reader, dice, asked.trials)
    yield Figure(case="keying", what="texts the product read too, all alike", value=reader.checked, unit="texts")


def sent_and_read(
    reader: Reader, dice: np.random.Generator, count: int, slips: Slips, **said: int
) -> tuple[Sent, Read]:
    sent = people.messages(dice, reader.rows, count, slips, **said)
    return sent, reader.read(sent.texts, sent.places, sent.own)


def wrong_group(read: Read, meant: Small) -> int:
    """Messages that were relied on and said something of another group."""
    return int((read.is_(OK) & (GROUP[read.meaning] != GROUP[meant])).sum())


def wrong_meaning(read: Read, meant: Small) -> int:
    return int((read.is_(OK) & (read.meaning != meant)).sum())


def _single(reader: Reader, dice: np.random.Generator, count: int) -> Iterator[Figure]:
    """One of Verhoeff's mistakes in each; the goals are the issue's, for the card as it is printed and read."""
    for digits, ahead in ((2, 3), (2, 1), (2, 5), (3, 3)):
        said = "" if (digits, ahead) == (2, 3) else f", {ahead} rows ahead" if digits == 2 else ", own number of three"
        sent, read = sent_and_read(reader, dice, count, people.FINGERS_ONLY, digits=digits, ahead=ahead)
        duress, group = int(read.is_(DURESS).sum()), wrong_group(read, sent.meaning)
        yield share("keying", f"one keying error: false duress{said}", duress, count, at_most=FALSE_DURESS)
        yield share("keying", f"one keying error: accepted in a wrong group{said}", group, count, at_most=WRONG_GROUP)
        if ahead == 3:
            other = wrong_meaning(read, sent.meaning)
            yield share("keying", f"one keying error: accepted as another meaning{said}", other, count)
        caught = int((read.is_(GARBLED) | read.is_(MALFORMED) | read.is_(SLIP)).sum())
        yield share("keying", f"one keying error: caught{said}", caught, count)


def _naive(dice: np.random.Generator, count: int) -> Iterator[Figure]:
    """Between these bounds it is the scheme that was refused; elsewhere the simulation of it is wrong."""
    sent = naive.messages(dice, count)
    read = naive.read(sent.texts, sent.printed, sent.own)
    duress, meaning = int(read.is_(DURESS).sum()), wrong_meaning(read, sent.meaning)
    yield share("naive", "one keying error: false duress", duress, count, at_least=0.25, at_most=0.29)
    yield share("naive", "one keying error: accepted as another meaning", meaning, count, at_least=0.09, at_most=0.13)
    yield share("naive", "one keying error: accepted in a wrong group", wrong_group(read, sent.meaning), count)
    printed = naive.messages(dice, count, keying=0.0)
    tried = Texts.of(dice.integers(0, 10, (count, naive.LENGTH)).astype(np.int8))
    blind = naive.read(tried, printed.printed, printed.own)
    yield share("naive", "a blind text accepted", int(blind.is_(OK).sum()), count)
    false = naive.added(printed.printed[:, 0], but(dice, printed.own), np.zeros(count, np.int8))
    fooled = naive.read(Texts.of(false), printed.printed, printed.own)
    yield share("naive", "false number accepted", int(fooled.is_(OK).sum()), count)
    honest = naive.messages(dice, count, keying=0.03)
    heard = naive.read(honest.texts, honest.printed, honest.own)
    yield share("naive", "honest message, 3 % keying errors: duress", int(heard.is_(DURESS).sum()), count)


def _honest(reader: Reader, dice: np.random.Generator, count: int) -> Iterator[Figure]:
    for what, slips in (
        ("honest message, 3 % keying errors", Slips()),
        ("honest message, 8 % keying errors", Slips(keying=0.08)),
        ("honest message, no keying error, eyes and memory alone", people.EYES_AND_MEMORY_ONLY),
    ):
        sent, read = sent_and_read(reader, dice, count, slips)
        for name, result in (("OK", OK), ("slip", SLIP), ("duress", DURESS), ("garbled", GARBLED)):
            yield share("keying", f"{what}: {name}", int(read.is_(result).sum()), count)
        yield share("keying", f"{what}: accepted in a wrong group", wrong_group(read, sent.meaning), count)
        if slips == Slips():
            yearly = WEEKS * PEOPLE * read.is_(DURESS).mean()
            yield Figure(
                case="keying", what="false duress a year, 200 people, one message a week", value=yearly, unit="a year"
            )


def _replayed(reader: Reader, dice: np.random.Generator, count: int) -> Iterator[Figure]:
    """An old right text again, when its row is gone; and were its tag not kept."""
    places, own = windows(dice, reader.rows, count, 4), own_numbers(dice, count)
    meaning = dice.choice(people.SAID, count).astype(np.int8)
    old = Texts.of(looked_up(reader.rows, places[:, 0], np.column_stack([own, meaning])))
    kept = reader.read(old, places[:, 1:], own, used=np.ones(count, bool))
    yield share("keying", "an old text accepted", int(kept.is_(OK).sum()), count, at_most=0.0)
    yield share("keying", "an old text known as used", int(kept.is_(REPLAY).sum()), count, at_least=1.0)
    gone = reader.read(old, places[:, 1:], own)
    yield share("keying", "an old text accepted, were no tags kept", int(gone.is_(OK).sum()), count)
