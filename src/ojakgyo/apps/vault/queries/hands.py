"""Whose hand a hand is: one officer who makes another's keys knows the password, and could sign twice.

For a day, until the colleague has been at the desk and taken a password of their own. Found in the chronicle, since the
row of an officer keeps neither when nor by whom keys were renewed.
"""

from collections import defaultdict
from collections.abc import Mapping

from django.conf import settings

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.vault import models
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import OfficerEnrolled, OfficerKeysRenewed
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import OfficerId, TokenId
from ojakgyo.domain.values.instants import Instant


def one_person(first: OfficerId, second: OfficerId, *, now: Instant) -> bool:
    """Whether one person may be behind both hands: made the keys of one, or of both, or of who made them, within a day."""
    makers = _makers(now)
    return not _behind(first, makers).isdisjoint(_behind(second, makers))


def may_be_the_asker(desk: Desk, *, request: TokenId) -> bool:
    """Whether the one at the desk is another officer than who asked, and may yet be the same person."""
    asker = OfficerId(models.Request.objects.values_list("made_by_id", flat=True).get(id=request))
    return asker != desk.officer and one_person(asker, desk.officer, now=desk.now)


def _makers(now: Instant) -> Mapping[int, set[OfficerId]]:
    """Who enrolled an officer, or renewed the keys, lately."""
    found: dict[int, set[OfficerId]] = defaultdict(set)
    for told in inbox.every((OfficerEnrolled, OfficerKeysRenewed)):
        if told.actor.kind is ActorKind.OFFICER and told.recorded > now - settings.OJAK_YOUNG_HAND_MS:
            found[told.fact.officer].add(OfficerId(told.actor.id))  # type: ignore[attr-defined]
    return found


def _behind(officer: OfficerId, makers: Mapping[int, set[OfficerId]]) -> set[OfficerId]:
    seen, waiting = {officer}, [officer]
    while waiting:
        more = makers.get(waiting.pop(), set()) - seen
        seen |= more
        waiting.extend(more)
    return seen
