"""Well and duress leave the same behind, everywhere but in the chronicle and in what the watch makes of it."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from house.small_world import told
from reading_house import FALSE, OWN, change, code, present

from ojakgyo.apps.cards.models import Challenge
from ojakgyo.apps.contact.reading_now import verify
from ojakgyo.domain import facts


def left_behind(kinds=("contact", "cards", "network", "people", "vault", "calls")) -> dict[str, list[tuple]]:
    """Every readable field of every row, but ids, digests and what is sealed."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in kinds:
            fields = [each.attname for each in model._meta.concrete_fields if not _secret(each)]
            found[model._meta.label] = sorted(map(repr, model.objects.values_list(*fields)))
    return found


def _secret(field) -> bool:
    sealed = getattr(field, "secrecy", "structure") != "structure"
    return sealed or field.primary_key or field.name in ("message", "ext_id", "same")


@pytest.mark.parametrize("state", ["plain", "to_come", "throttled", "resync"])
def test_nothing_outside_tells_well_from_duress(world, database, world_file, state):
    import shutil

    from django.db import connections

    from ojakgyo.store.sqlcipher.pool import pool

    found, now = [], world.clocks.now
    for own in (OWN, FALSE):
        connections.close_all()
        pool.drain()
        shutil.copyfile(world_file, database)
        world.clocks.now = now
        _set_up(world, state)
        verify(world.desk(), person=world.persons["Beodeul"], words=code(present(world) or _only(world), own=own))
        world.work()
        found.append((left_behind(), told(facts.WindowKept) != []))
    well, forced = found
    if state == "resync":  # a text that waits lies sealed as before it was read: nobody's page shows which
        for each in found:
            for model in ("contact.Inbound", "cards.Match"):
                each[0].pop(model)
    assert {each: (kept, forced[0][each]) for each, kept in well[0].items() if kept != forced[0][each]} == {}
    assert well[1] == forced[1]


def _only(world):
    from ojakgyo.apps.cards import stock

    return stock.to_come(world.persons["Beodeul"])


def _set_up(world, state):
    if state == "to_come":
        change(present(world), first_ms=None)
    elif state != "plain":
        change(present(world), **{f"{state}_ms": world.clocks.now})


def test_an_answer_is_asked_of_the_database_as_often_after_duress_as_after_well(world):
    """The time to answer is that of the same statements. The first of three keeps the window, and asks for more."""
    counts = []
    for own in (OWN, OWN, FALSE):
        with CaptureQueriesContext(connection) as asked:
            verify(world.desk(), person=world.persons["Beodeul"], words=code(present(world), own=own))
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert not Challenge.objects.exists()
