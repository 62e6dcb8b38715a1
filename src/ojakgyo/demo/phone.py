"""The practice phone: what a helper of the practice world would send next, and from which number."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ojakgyo.apps.cards.queries import rows_ahead, stand_of
from ojakgyo.apps.cards.reading import number_of
from ojakgyo.apps.network.queries import lines_of
from ojakgyo.apps.network.queries import number_of as number_of_line
from ojakgyo.apps.people.queries import person_written
from ojakgyo.demo import officers, spool_file
from ojakgyo.domain.cards import encode, own_number
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values import instants
from ojakgyo.domain.values.ids import PersonId

DURESS = "duress"


@dataclass(frozen=True, slots=True)
class Sms:
    """A text and where it comes from."""

    number: str
    text: str


def words() -> tuple[str, ...]:
    """What can be said: the meanings that are no guard, and duress."""
    return (*(each.value for each in Meaning if not each.value.startswith("guard")), DURESS)


def next_sms(who: str, word: str) -> Sms:
    """The next row of this helper's card with this meaning; under duress with another number than the own."""
    if word not in words():
        raise Refused("demo.unknown_word")
    desk = officers.desk_of("Haneul")
    person = person_written(desk, who)
    meaning = Meaning.WELL if word == DURESS else Meaning(word)
    key = desk.keyring.ring.state_key()
    ((_, row),) = rows_ahead(key, person, 1)
    own = number_of(desk, stand_of(key, person).card)
    said = own_number.draw_false(own, secrets.token_bytes) if word == DURESS else own
    return Sms(_number(person), encode.six_digits(row, own_number=said, meaning=meaning))


def send(sms: Sms, folder: Path) -> None:
    """Into the real spool, as a modem would."""
    spool_file.write(folder, number=sms.number, text=sms.text, heard=instants.aware(settings.CLOCK.now()))


def _number(person: PersonId) -> str:
    lines = lines_of(person)
    if not lines:
        raise Refused("demo.no_line", person=person)
    return number_of_line(officers.desk_of("Haneul"), lines[0])
