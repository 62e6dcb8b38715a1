"""What had been heard when somebody looked, and whether more was heard since about whom a warning concerns."""

from typing import Final

from ojakgyo.apps.watch import explaining, grounds
from ojakgyo.apps.watch.analysis import Analysis
from ojakgyo.domain.facts import MessageRead, ReadingResult
from ojakgyo.domain.values.ids import Seq

_ANSWERS: Final = (ReadingResult.OK, ReadingResult.SLIP, ReadingResult.DURESS)


def answers_challenge(fact: MessageRead) -> bool:
    """Whether a text is what was asked for by voice: that has a fact of its own, and counts by it. It says no meaning."""
    return fact.row is not None and fact.meaning is None and fact.result in _ANSWERS


def upto(found: Analysis) -> Seq:
    """Number of the newest sign that an analysis weighs, 0 if there is none."""
    return Seq(max([found.world.heard_to, *(each.seq for each in found.world.removed.values())]))


def about(found: Analysis, subject: int) -> Seq:
    """Number of the newest sign, of any kind, about the subject or whoever the danger comes from or passes."""
    path, snapshot = explaining.path_to(found, subject), found.world.snapshot
    if path is None or snapshot is None or found.paths is None:
        return Seq(grounds.newest_sign(found.world.rows, {subject}))
    passed = {snapshot.holder.get(node, node) for node in path.nodes}
    return Seq(grounds.newest_sign(found.world.rows, {subject, *passed, *grounds.sources(found.paths, subject)}))
