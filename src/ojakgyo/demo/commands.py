"""What the door of a practice world answers: who is in it, what a helper would send, the story of a night."""

from collections.abc import Callable, Iterator
from typing import Any

from ojakgyo.apps.contact.listening import spool_folder
from ojakgyo.apps.network.queries import members
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.demo import phone, playing, story
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import PersonId

Said = dict[str, Any]


def handlers() -> dict[str, Callable[[Said], Iterator[Said]]]:
    return {"cast": cast, "say": say, "story": begin, "event": event}


def cast(asked: Said) -> Iterator[Said]:
    """One person after the other."""
    for member in members(house_desk()):
        yield {
            "code_name": member.code_name.en,
            "code_name_ko": member.code_name.ko,
            "roles": ",".join(member.roles),
            "cell": member.cell,
            "area": member.area,
        }


def say(asked: Said) -> Iterator[Said]:
    """The next text of a helper's card, into the spool unless it is only asked for."""
    try:
        sms = phone.next_sms(asked["who"], asked["word"], asked.get("number"))
    except Refused as refused:
        raise Refused(refused.code, **_named(refused.ids)) from None
    if asked["send"]:
        phone.send(sms, spool_folder())
    until = {} if sms.quiet_until is None else {"quiet_until": instants.rfc3339(sms.quiet_until)}
    yield {"number": sms.number, "text": sms.text, **until}


def _named(ids: dict[str, int | str]) -> dict[str, int | str]:
    """Who is meant by code name: in a practice world nobody is real, and a raw id says nothing to whoever learns."""
    if "person" not in ids:
        return ids
    person = PersonId(int(ids["person"]))
    return ids | {"person": code_names(house_desk(), [person])[person].en}


def begin(asked: Said) -> Iterator[Said]:
    """How many events the story has, and which is the next. One that is over: `Refused`."""
    stage = playing.on(asked["story"])
    if stage.is_over:
        raise Refused("demo.played")
    yield {"events": len(story.events(asked["story"])), "next": stage.next}


def event(asked: Said) -> Iterator[Said]:
    """Play one event and say what came of it."""
    yield playing.on(asked["story"]).play(asked["number"])[asked["language"]].as_fields()
