"""What an id is called on the pages of the vault. The apps above say it of their own ids; nobody else's are named.

A namer gives the code names that the one at the desk may see, and leaves out the others: those stay ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from ojakgyo.apps.vault import queries
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values import ids

Namer = Callable[[Desk, frozenset[int]], Mapping[int, CodeName]]
_NAMERS: Final[dict[str, Namer]] = {}


def names_of(letter: str) -> Callable[[Namer], Namer]:
    """Declare who names the ids of a kind: `p` for persons."""

    def declare(namer: Namer) -> Namer:
        _NAMERS[letter] = namer
        return namer

    return declare


def named(desk: Desk, written: Iterable[str]) -> dict[str, CodeName]:
    """Written id -> code name, of those that have one the viewer may see; one question for each kind."""
    sought: dict[str, set[int]] = defaultdict(set)
    for each in written:
        letter, number = ids.parse(each)
        sought[letter].add(number)
    found: dict[str, CodeName] = {}
    for letter, numbers in sought.items():
        if namer := _NAMERS.get(letter):
            found |= {ids.text(letter, number): name for number, name in namer(desk, frozenset(numbers)).items()}
    return found


@names_of("o")
def _officers(desk: Desk, numbers: frozenset[int]) -> Mapping[int, CodeName]:
    return {each.id: each.code_name for each in queries.officers(desk) if each.id in numbers}
