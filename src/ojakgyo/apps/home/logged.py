"""What officers typed lately or handed in through a program: check-ins and reports, for the log page. It never says what
any of it meant.
"""

from typing import Final

from ojakgyo.apps.cards.queries import in_use
from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.contact import holding
from ojakgyo.apps.contact.following import closes_by_row, next_contact
from ojakgyo.apps.contact.messages import opens
from ojakgyo.apps.contact.queries import logged_for, typed_for
from ojakgyo.apps.contact.values import LastLine, LogLine, Opens
from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault.queries import officers
from ojakgyo.apps.watch.rights import rights
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import (
    Channel,
    HeardThrough,
    LineHeld,
    LineTakenBack,
    MessageReceived,
    MessageRepeated,
    ReportHeard,
)
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import Instant

KINDS: Final = (LineHeld, LineTakenBack, MessageReceived, MessageRepeated, ReportHeard)
AT_MOST: Final = 10


def logged(desk: Desk) -> tuple[LogLine, ...]:
    """Newest first. That a report was made about somebody sees who made it, and who may see what is known of them."""
    told = _standing()[:AT_MOST]
    messages = [each.fact.message for each in told if not _is_report(each)]
    kept, open_to = logged_for(messages), opens(desk, messages)
    whose = {message: person for message, (person, _) in kept.items()}
    about = {each.seq: each.fact.about if _is_report(each) else whose.get(each.fact.message) for each in told}
    known = {person for person in about.values() if person is not None}
    names, officer = code_names(desk, known), {each.id: each.code_name for each in officers(desk)}
    may = rights(desk, known)
    return tuple(
        LogLine(
            at=each.recorded,
            code_name=names.get(about[each.seq]),
            channel=None if _is_report(each) else kept.get(each.fact.message, (None, Channel.TYPED))[1],
            by=officer.get(each.actor.id),
            person=about[each.seq],
            message=None if _is_report(each) else each.fact.message,
            opens=Opens.NOT if _is_report(each) else open_to.get(each.fact.message, Opens.NOT),
        )
        for each in told
        if not _is_report(each) or each.actor == desk.actor or may.may_see_person(about[each.seq])
    )


def last_line(desk: Desk) -> LastLine | None:
    """The line that the officer at the desk logged last; None: none lately, or nobody is known by it any more."""
    own = next((each for each in _standing() if each.actor == desk.actor and not _is_report(each)), None)
    person = None if own is None else typed_for([own.fact.message]).get(own.fact.message)
    if own is None or person is None:
        return None
    held = holding.still_held(desk, own.fact.message)
    agreed = None if held is None else held.agreed
    by_row = held is not None and held.code and agreed is None and in_use(PersonId(person)).issued is not None
    relayed = _relayed(PersonId(person), own.recorded) if held is None else held.relayed
    cell = cells_of([person]).get(person)
    following = None if by_row else agreed or next_contact(desk, PersonId(person), cell, relayed=relayed)
    return LastLine(
        person=PersonId(person),
        code_name=code_names(desk, [person])[person],
        at=own.recorded,
        following=following,
        closes=None if agreed else closes_by_row(PersonId(person), following),
        by_row=by_row,
        message=own.fact.message,
        until=None if held is None else held.until,
    )


def _relayed(person: PersonId, at: Instant) -> bool:
    """Whether what was read of the line that was typed then is somebody else's word."""
    said = inbox.mentioning([ids.text("p", person)], kinds=[HeardThrough], at_most=1)
    return bool(said) and said[0].fact.told == at


def _standing() -> list[Told]:
    """What was typed and not taken back, newest first."""
    told = inbox.typed_lately(KINDS, at_most=2 * AT_MOST)
    back = {each.fact.message for each in told if isinstance(each.fact, LineTakenBack)}
    return [each for each in told if _is_report(each) or each.fact.message not in back]


def _is_report(told: Told) -> bool:
    return isinstance(told.fact, ReportHeard)
