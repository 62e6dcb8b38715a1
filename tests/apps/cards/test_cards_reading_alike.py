"""Well and duress leave the same behind, everywhere but in the chronicle and in what the watch makes of it."""

import shutil
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from house.small_world import told
from reading_house import FALSE, NUMBERS, OWN, STRANGER, change, code, present
from test_cards_reading_throttle import answer_of, ask

from ojakgyo.apps.cards import stock
from ojakgyo.apps.cards.models import Challenge, PocketNumber
from ojakgyo.apps.cards.voice.queries import to_ask_again
from ojakgyo.apps.chronicle.acts import record, writing
from ojakgyo.apps.contact.actions import receive_sms
from ojakgyo.apps.contact.messages import came_in
from ojakgyo.apps.contact.reading_now import verify
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.domain import facts
from ojakgyo.domain.facts import Meaning
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.instants import MINUTE_MS, Instant
from ojakgyo.store.sqlcipher.pool import pool

APPS = ("contact", "cards", "network", "people", "vault", "calls", "alerts", "intake", "home")
"""All but the chronicle and the watch, which say it to those who may see reasons."""
IDS = {"message", "ext_id", "same", "first"}
WAITS = {"state", "cell", "epoch"}
"""Of a text on a card the desk is behind of: whether it waits. No page says it (`came_in` is compared)."""
QUIET, AMOUNT, POCKET = (0, 5), (3, 0), (2, 7)
CASES = {
    "quiet": ("", Meaning.DELAYED, QUIET, 2),
    "amount": ("", Meaning.RECEIVED, AMOUNT, 1),
    "arrived": ("", Meaning.ARRIVED, POCKET, 1),
    "to come": ("to_come", Meaning.WELL, (), 1),
    "throttled": ("throttled", Meaning.DELAYED, QUIET, 2),
    "throttled, asked": ("throttled asked", None, (), 2),
    "asked, too late": ("asked late", None, (), 3),
    "behind": ("resync", Meaning.WELL, (), 2),
    "behind, asked": ("resync asked", None, (), 2),
    "asked again": ("again", Meaning.WELL, (), 1),
    "unknown phone": ("unknown", Meaning.RECEIVED, AMOUNT, 2),
    "a holder's phone": ("pocket", Meaning.WELL, (), 2),
}
"""What stands on the card, the meaning (None: what was asked for), what follows it, how many texts in a row."""


def left_behind(but) -> dict[str, list[str]]:
    """Every readable field of every row, but ids, digests, what is sealed and what a text that waits read as."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            fields = [each.attname for each in model._meta.concrete_fields if not _secret(each, but)]
            found[model._meta.label] = sorted(map(repr, model.objects.values_list(*fields)))
    return found


def _secret(field, but) -> bool:
    sealed = getattr(field, "secrecy", "structure") != "structure"
    reason = field.model._meta.label == "cards.Match" and field.name == "result"
    waits = field.model._meta.label == "contact.Inbound" and field.name in but
    return sealed or reason or waits or field.primary_key or field.name in IDS


@pytest.mark.parametrize("case", CASES)
def test_nothing_outside_tells_well_from_duress(world, database, world_file, case):
    (state, meaning, suffix, count), found, now = CASES[case], [], world.clocks.now
    for own in (OWN, FALSE):
        connections.close_all()
        pool.drain()
        shutil.copyfile(world_file, database)
        world.clocks.now = now
        _set_up(world, state)
        after_each = _comes(world, state, own, meaning, suffix, count)
        found.append({**_seen(world), **after_each})
    well, forced = found
    assert {each: (kept, forced[each]) for each, kept in well.items() if kept != forced[each]} == {}


def _set_up(world, state):
    card = present(world)
    if "to_come" in state:
        change(card, first_ms=None)
    for field in ("throttled", "resync"):
        if field in state:
            change(card, **{f"{field}_ms": world.clocks.now})
    if "asked" in state:
        ask(world, row=0, digit=5)
    if "late" in state:
        Challenge.objects.update(until_ms=world.clocks.now)
    if "pocket" in state:
        PocketNumber.objects.create(holder_id=world.persons["Yeoul"], about_id=card.person_id, number=27)
    if "again" in state:
        read = verify(world.desk(), person=PersonId(card.person_id), words="114821")
        with writing("test"):
            record(world.desk(), facts.AskedAgain(person=PersonId(card.person_id), message=read))


def _comes(world, state, own, meaning, suffix, count):
    """So many texts, each twenty minutes after the other, on the way every text takes; what is left after each."""
    found = {}
    card = present(world) or stock.to_come(world.persons["Beodeul"])
    texts = [code(card, row, own=own, meaning=meaning or Meaning.WELL, suffix=suffix) for row in range(count)]
    if meaning is None:
        answers = range(count if "late" in state else 1)
        texts[: len(answers)] = [answer_of(card, 5, row, own) for row in answers]
    for place, text in enumerate(texts):
        world.clocks.now = Instant(world.clocks.now + 20 * MINUTE_MS)
        if "unknown" in state or "pocket" in state:
            sms = Sms(number=STRANGER if "unknown" in state else NUMBERS["Yeoul"], words=text)
            receive_sms(world.desk(), ext_id=bytes([place]) * 16, sms=sms)
        else:
            verify(world.desk(), person=world.persons["Beodeul"], words=text)
        world.work()
        waits = WAITS if state == "resync" and place == 0 else frozenset()
        found |= {(place, label): rows for label, rows in left_behind(waits).items()}
    return found


def _seen(world):
    """What those who hold the cell are shown of it."""
    person = world.persons["Beodeul"]
    if to_ask_again(person) is None and present(world).resync_ms is None:  # where a row is waited for there is nothing
        verify(world.desk(), person=person, words="224821")
        world.work()
    return {
        "asked again": to_ask_again(person) is None,
        "kept": len(told(facts.WindowKept)),
        "quiet": len(told(facts.QuietAnnounced)),
        "came in": [replace(line, message=None) for line in came_in(world.desk())],
    }


def test_an_answer_is_asked_of_the_database_as_often_after_duress_as_after_well(world):
    """The time to answer is that of the same statements. The first of three keeps the window, and asks for more."""
    counts = []
    for own in (OWN, OWN, FALSE):
        with CaptureQueriesContext(connection) as asked:
            verify(world.desk(), person=world.persons["Beodeul"], words=code(present(world), own=own))
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert not Challenge.objects.exists()
