"""Mistakes people make: fingers and ears by Verhoeff's counts of 1969, eyes and memory as assumed.

Of 100 single mistakes in written numbers 79 are one wrong digit, 10.2 two neighbours swapped, .8 swapped over one
between, .5 a twin for another twin, .5 of the sound (30 for 13), .3 a twin over one between; of the rest here four in ten
leave a digit out, three put one in, three make two digits wrong.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.cards.tables import Small, Whole

KINDS: Final = ("digit", "swap", "jump", "twin", "sound", "jump twin", "left out", "put in", "two digits")
_REST: Final = 100.0 - 79.0 - 10.2 - 0.8 - 0.5 - 0.5 - 0.3
OF_A_HUNDRED: Final = (79.0, 10.2, 0.8, 0.5, 0.5, 0.3, 0.4 * _REST, 0.3 * _REST, 0.3 * _REST)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of digits. `digits`: int8 [texts, width], what stands after the end is 0; `lengths`: int64 [texts]."""

    digits: Small
    lengths: Whole

    @classmethod
    def of(cls, digits: Small) -> "Texts":
        return cls(digits, np.full(len(digits), digits.shape[1], np.int64))

    def __len__(self) -> int:
        return len(self.lengths)

    def text(self, place: int) -> str:
        return "".join(str(digit) for digit in self.digits[place, : self.lengths[place]])

    def where(self, chosen: npt.NDArray[np.bool_], other: "Texts") -> "Texts":
        """These texts, and where it is chosen the other ones."""
        width = max(self.digits.shape[1], other.digits.shape[1])
        digits = np.where(chosen[:, None], _wide(other.digits, width), _wide(self.digits, width))
        return Texts(digits, np.where(chosen, other.lengths, self.lengths))


def one_each(dice: np.random.Generator, meant: Small) -> Texts:
    """Every text with one mistake of Verhoeff's kinds. `meant`: int8 [texts, length]."""
    count, length = meant.shape
    likely = np.array(OF_A_HUNDRED) * [length > 2 or not name.startswith("jump") for name in KINDS]
    kind = dice.choice(len(KINDS), count, p=likely / likely.sum())
    digits, lengths = _wide(meant, length + 1).copy(), np.full(count, length)
    for number, name in enumerate(KINDS):
        these = np.flatnonzero(kind == number)
        if these.size:
            digits[these, :] = 0
            changed = _MAKE[name](dice, meant[these])
            digits[these, : changed.shape[1]] = changed
            lengths[these] = changed.shape[1]
    return Texts(digits, lengths)


def one_wrong_digit(dice: np.random.Generator, meant: Small) -> Small:
    return _changed(dice, meant, dice.integers(0, meant.shape[1], len(meant)))


def swapped(dice: np.random.Generator, meant: Small) -> Small:
    """Neighbours; where all are the same nothing is changed."""
    return _exchanged(dice, meant, 1)


def _changed(dice: np.random.Generator, meant: Small, places: Whole) -> Small:
    typed, each = meant.copy(), np.arange(len(meant))
    typed[each, places] = (meant[each, places] + dice.integers(1, 10, len(meant))) % 10
    return typed


def _exchanged(dice: np.random.Generator, meant: Small, over: int) -> Small:
    differ = meant[:, :-over] != meant[:, over:]
    place, each = _one_of(dice, differ), np.arange(len(meant))
    typed = meant.copy()
    typed[each, place], typed[each, place + over] = meant[each, place + over], meant[each, place]
    return np.where(differ.any(axis=1)[:, None], typed, meant)


def _twins(dice: np.random.Generator, meant: Small, over: int) -> Small:
    """A twin for a twin; where there is none, for any two."""
    place, each = _one_of(dice, meant[:, :-over] == meant[:, over:]), np.arange(len(meant))
    typed = meant.copy()
    typed[each, place] = (meant[each, place] + dice.integers(1, 10, len(meant))) % 10
    typed[each, place + over] = typed[each, place]
    return typed


def _sounding(dice: np.random.Generator, meant: Small) -> Small:
    """30 for 13, as 'thirty' and 'thirteen'; where there is no nought, any two as if there were."""
    place, each = _one_of(dice, meant[:, 1:] == 0), np.arange(len(meant))
    typed = meant.copy()
    typed[each, place], typed[each, place + 1] = 1, meant[each, place]
    return typed


def _left_out(dice: np.random.Generator, meant: Small) -> Small:
    kept = np.ones(meant.shape, bool)
    kept[np.arange(len(meant)), dice.integers(0, meant.shape[1], len(meant))] = False
    return meant[kept].reshape(len(meant), -1)


def _put_in(dice: np.random.Generator, meant: Small) -> Small:
    count, length = meant.shape
    old = np.ones((count, length + 1), bool)
    old[np.arange(count), dice.integers(0, length + 1, count)] = False
    typed = dice.integers(0, 10, (count, length + 1)).astype(np.int8)
    typed[old] = meant.ravel()
    return typed


def _two_wrong(dice: np.random.Generator, meant: Small) -> Small:
    places = np.argsort(dice.random(meant.shape), axis=1)[:, :2]
    return _changed(dice, _changed(dice, meant, places[:, 0]), places[:, 1])


def _one_of(dice: np.random.Generator, wanted: npt.NDArray[np.bool_]) -> Whole:
    """In each line the place of one that is wanted, or of any where none is."""
    return np.argmax(dice.random(wanted.shape, np.float32) + wanted, axis=1)


def _wide(digits: Small, width: int) -> Small:
    return np.pad(digits, ((0, 0), (0, width - digits.shape[1])))


_MAKE: Final = {
    "digit": one_wrong_digit,
    "swap": swapped,
    "jump": lambda dice, meant: _exchanged(dice, meant, 2),
    "twin": lambda dice, meant: _twins(dice, meant, 1),
    "sound": _sounding,
    "jump twin": lambda dice, meant: _twins(dice, meant, 2),
    "left out": _left_out,
    "put in": _put_in,
    "two digits": _two_wrong,
}
