"""Texts that came another way than by SMS, read on a person's card. The answer is the same whatever the digits say."""

from django.http import HttpRequest
from ninja import Field, Router, Schema

from ojakgyo.api.tokens import Bearer, may
from ojakgyo.api.tries import tries
from ojakgyo.apps.contact.reading_now import result_of, verify_once
from ojakgyo.apps.contact.spool import LONGEST
from ojakgyo.apps.people.queries import named, person_written
from ojakgyo.apps.vault.values import Scope
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.web.evenly import evenly

router = Router(tags=["cards"])


class TextIn(Schema):
    """`person`: an id as on the board, or a code name in either script. `text`: as it came, digits and all."""

    person: str = Field(max_length=64)
    text: str = Field(max_length=LONGEST)


class NotedOut(Schema):
    """The same for every text. `result` is null without the scope watch:reasons."""

    noted: bool
    message: str
    result: str | None


@router.post("/verify", response=NotedOut, auth=Bearer(Scope.CARDS_VERIFY), openapi_extra={"responses": {429: {}}})
@evenly
def verify_text(request: HttpRequest, asked: TextIn) -> NotedOut:
    """Read a text by the card of who it is from, and use up its row; the watch weighs it like an SMS.

    Who had no answer may ask again: the same text of the same person by the same token is answered with the same
    `message` and nothing is written, for 48 hours or until a later row was used. What used no row: for ten minutes.

    Whoever may not see reasons is told "noted" for well and duress alike. `result` needs the scope watch:reasons. Sixty
    tries a minute for each token; more are answered 429, and `Retry-After` says for how many seconds.
    """
    desk: Desk = request.auth
    tries.count(desk.actor.id)
    person = _person(desk, asked.person)
    reasons = may(request, Scope.WATCH_REASONS)
    message = verify_once(desk, person=person, words=asked.text)
    result = result_of(message) if reasons else None
    return NotedOut(noted=True, message=ids.text("m", message), result=result)


def _person(desk: Desk, written: str) -> PersonId:
    """By id, else by code name; nobody: `Refused`."""
    try:
        person = PersonId(ids.parse_kind("p", written))
    except ValueError:
        return person_written(desk, written)
    named(person)
    return person
