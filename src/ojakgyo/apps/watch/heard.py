"""What had been heard when somebody looked, and whether more was heard since about whom a warning concerns."""

from ojakgyo.apps.watch import explaining, grounds
from ojakgyo.apps.watch.analysis import Analysis
from ojakgyo.domain.values.ids import Seq


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
