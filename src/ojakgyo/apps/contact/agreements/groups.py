"""People who are heard of through one who speaks for them: one text and a head count keep all their windows.

Fewer heads than were agreed keep nobody's but the speaker's, for nobody knows who is missing.
"""

from collections.abc import Collection

from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.chronicle.inbox import every
from ojakgyo.apps.contact.agreements.values import Short
from ojakgyo.apps.contact.models import Speaker
from ojakgyo.apps.contact.waiting import keep_window
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import GroupAgreed, GroupCounted
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant


@action
def agree_group(desk: Desk, *, speaker: PersonId, members: Collection[PersonId]) -> PersonId:
    """Who is heard of through the speaker from now on, in the place of whoever was; nobody: each speaks for themselves.

    Nobody is spoken for by two, and no speaker by another: else `Refused`.
    """
    new = set(members)
    Speaker.objects.filter(speaker_id=speaker).delete()
    taken = Speaker.objects.filter(person_id__in=new | {speaker}).exists()
    if speaker in new or taken or Speaker.objects.filter(speaker_id__in=new).exists():
        raise Refused("contact.group_unclear")
    Speaker.objects.bulk_create(Speaker(person_id=each, speaker_id=speaker) for each in sorted(new))
    record(desk, GroupAgreed(speaker=speaker, count=len(new) + 1))
    return speaker


def counted(desk: Desk, speaker: PersonId, heads: int, heard: Instant) -> None:
    """So many they said they are, inside the caller's transaction, after the speaker's own window was kept."""
    members = members_of(speaker)
    count = len(members) + 1
    if not members:
        return
    if heads >= count:
        for each in members:
            keep_window(desk, each, heard)
    record(desk, GroupCounted(speaker=speaker, heads=heads, count=count, told=heard))


def members_of(speaker: PersonId) -> tuple[PersonId, ...]:
    rows = Speaker.objects.filter(speaker_id=speaker).order_by("person_id").values_list("person_id", flat=True)
    return tuple(PersonId(each) for each in rows)


def speaker_of(person: PersonId) -> PersonId | None:
    found = Speaker.objects.filter(person_id=person).values_list("speaker_id", flat=True).first()
    return None if found is None else PersonId(found)


def short(desk: Desk) -> tuple[Short, ...]:
    """Groups of whom the last count was too small, for who holds the speaker's cell; the newest first."""
    cells = cells_of(set(Speaker.objects.values_list("speaker_id", flat=True)))
    speakers = {each for each, cell in cells.items() if desk.keyring.holds(cell)}
    if not speakers:
        return ()
    last: dict[PersonId, tuple[Instant, GroupAgreed | GroupCounted]] = {}
    for each in every([GroupAgreed, GroupCounted]):
        if isinstance(each.fact, GroupAgreed | GroupCounted) and each.fact.speaker in speakers:
            last[each.fact.speaker] = Instant(each.fact.told or each.recorded), each.fact
    names = code_names(desk, speakers)
    found = [
        Short(person=speaker, code_name=names[speaker], heads=fact.heads, count=fact.count, at=at)
        for speaker, (at, fact) in last.items()
        if isinstance(fact, GroupCounted) and fact.heads < fact.count
    ]
    return tuple(sorted(found, key=lambda line: -line.at))
