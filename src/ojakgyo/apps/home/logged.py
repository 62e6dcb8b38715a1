"""What officers typed lately: check-ins and reports, for the log page. It never says what any of it meant."""

from typing import Final

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.chronicle.inbox import Told
from ojakgyo.apps.contact.messages import opens
from ojakgyo.apps.contact.queries import typed_for
from ojakgyo.apps.contact.values import LogLine, Opens
from ojakgyo.apps.people.queries import code_names
from ojakgyo.apps.vault.queries import officers
from ojakgyo.apps.watch.rights import rights
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.facts import Channel, MessageReceived, MessageRepeated, ReportHeard

KINDS: Final = (MessageReceived, MessageRepeated, ReportHeard)
AT_MOST: Final = 10


def logged(desk: Desk) -> tuple[LogLine, ...]:
    """Newest first. That a report was made about somebody sees who made it, and who may see what is known of them."""
    told = inbox.typed_lately(KINDS, at_most=AT_MOST)
    messages = [each.fact.message for each in told if not _is_report(each)]
    persons, open_to = {**typed_for(messages)}, opens(desk, messages)
    about = {each.seq: each.fact.about if _is_report(each) else persons.get(each.fact.message) for each in told}
    known = {person for person in about.values() if person is not None}
    names, officer = code_names(desk, known), {each.id: each.code_name for each in officers(desk)}
    may = rights(desk, known)
    return tuple(
        LogLine(
            at=each.recorded,
            code_name=names.get(about[each.seq]),
            channel=None if _is_report(each) else Channel.TYPED,
            by=officer.get(each.actor.id),
            person=about[each.seq],
            message=None if _is_report(each) else each.fact.message,
            opens=Opens.NOT if _is_report(each) else open_to.get(each.fact.message, Opens.NOT),
        )
        for each in told
        if not _is_report(each) or each.actor == desk.actor or may.may_see_person(about[each.seq])
    )


def _is_report(told: Told) -> bool:
    return isinstance(told.fact, ReportHeard)
