"""When somebody was heard lately, and by what kind of contact: never what was said, the same for well and under duress."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.apps.chronicle.inbox import mentioning
from ojakgyo.apps.contact.models import Route, Speaker
from ojakgyo.domain import facts
from ojakgyo.domain.checkins import sureness
from ojakgyo.domain.checkins.sureness import Sureness
from ojakgyo.domain.facts import Fact
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant

OWN: Final[tuple[type[Fact], ...]] = (
    facts.MessageRead,
    facts.ChallengeAnswered,
    facts.QuestionAnswered,
    facts.HeardWithoutCard,
    facts.HeardThrough,
)
AT_MOST: Final = 12
AT_ONCE: Final = 200
"""So many persons are asked about in one query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """`at`: when it was heard, not when it was read."""

    at: Instant
    sureness: Sureness


def signs(person: PersonId, *, at_most: int = AT_MOST) -> tuple[Sign, ...]:
    """Newest first. A row that answers a challenge stands twice in the chronicle and once here."""
    speaker = Speaker.objects.filter(person_id=person).values_list("speaker_id", flat=True).first()
    relays = set(Route.objects.filter(person_id=person).values_list("through_id", flat=True)) | {speaker}
    told = mentioning([ids.text("p", person)], kinds=OWN, at_most=3 * at_most)
    own = [each for each in told if getattr(each.fact, "person", None) == person]
    if speaker is not None:
        counts = mentioning([ids.text("p", speaker)], kinds=(facts.GroupCounted,), at_most=at_most)
        own += [each for each in counts if getattr(each.fact, "speaker", None) == speaker]
    found: dict[Instant, Sureness] = {}
    for each in own:
        through = getattr(each.fact, "through", None)
        how = sureness.of(each.fact, spoken_for_by=through if through in relays else None)
        if how is not None:
            at = Instant(each.fact.told or each.recorded)
            found[at] = min(how, found.get(at, how))
    return tuple(Sign(at=at, sureness=found[at]) for at in sorted(found, reverse=True)[:at_most])


def heard_since(since: Mapping[int, int]) -> frozenset[int]:
    """Who of these persons showed a sign of life at the instant that stands beside each, or later, in a window or outside."""
    return frozenset(first_heard(since))


def first_heard(since: Mapping[int, int]) -> dict[int, Instant]:
    """The first sign of life of each of these persons at the instant that stands beside them, or later; none: left out.

    Asked at once for however many: a fact is recorded no sooner than what it tells was heard.
    """
    found: dict[int, Instant] = {}
    asked = list(since.items())
    for start in range(0, len(asked), AT_ONCE):
        for person, at in _heard(dict(asked[start : start + AT_ONCE])):
            found[person] = min(at, found.get(person, at))
    return found


def _heard(since: Mapping[int, int]) -> Iterator[tuple[int, Instant]]:
    members: dict[int, set[int]] = {}
    for person, speaker in Speaker.objects.filter(person_id__in=since).values_list("person_id", "speaker_id"):
        members.setdefault(speaker, set()).add(person)
    named = [ids.text("p", PersonId(each)) for each in {*since, *members}]
    kinds = (*OWN, facts.GroupCounted) if members else OWN
    for told in mentioning(named, kinds=kinds, at_most=None, since=min(since.values())):
        if sureness.of(told.fact) is None:
            continue
        at = Instant(told.fact.told or told.recorded)
        counted = isinstance(told.fact, facts.GroupCounted)
        heard = members.get(told.fact.speaker, ()) if counted else {getattr(told.fact, "person", None)}
        yield from ((person, at) for person in heard if person in since and at >= since[person])
