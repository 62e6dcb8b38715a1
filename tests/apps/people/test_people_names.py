"""Who may keep and see a name, how often, and what is left of it where."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories.cast import CELLS, HELPERS, OFFICERS
from world import told

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.contact import persons as pages
from ojakgyo.apps.network.queries import cell_of
from ojakgyo.apps.people import keys, queries
from ojakgyo.apps.people.actions import keep_name, reveal_name
from ojakgyo.apps.people.chores import rewrap_keys
from ojakgyo.apps.people.models import PersonKey
from ojakgyo.apps.people.models import RealName as RealNameRow
from ojakgyo.apps.people.redrawing import keep_redrawn, redrawn, removed_since
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault import seals
from ojakgyo.apps.vault.actions.cells import begin_epoch
from ojakgyo.apps.vault.actions.removal import ask_for_removal, remove_officer
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts import KeysRewrapped, NameRevealed, RevealReason
from ojakgyo.domain.sealing.persons import name_place
from ojakgyo.domain.values.instants import HOUR_MS

NAMES = {helper.name: f"invented name of {helper.name}" for helper in HELPERS}


def keep(night, about: str, *, by: str = "Haneul", name: str | None = None) -> None:
    person = night.person(about)
    real = RealName(name or NAMES[about], ("another name",), "a note")
    keep_name(night.desk(by), person=person, cell=cell_of(person), name=real)


def reveal(night, about: str, *, by: str = "Haneul") -> RealName:
    person = night.person(about)
    return reveal_name(night.desk(by), person=person, cell=cell_of(person), reason=RevealReason.CALL)


def test_a_name_that_was_kept_is_shown_to_who_holds_the_cell(night):
    keep(night, "Beodeul")
    assert reveal(night, "Beodeul") == RealName(NAMES["Beodeul"], ("another name",), "a note")
    assert [fact.person for fact in told(NameRevealed)] == [night.person("Beodeul")]


def test_who_may_see_a_name_is_who_holds_the_key_whatever_the_role(night):
    """Every officer, every cell."""
    chosen = {helper.cell: helper.name for helper in HELPERS}
    for name in chosen.values():
        keep(night, name)
    for officer in OFFICERS:
        for cell in CELLS:
            if cell in officer.cells:
                assert reveal(night, chosen[cell], by=officer.name).name == NAMES[chosen[cell]]
            else:
                with pytest.raises(NotHeld):
                    reveal(night, chosen[cell], by=officer.name)
                with pytest.raises(NotHeld):
                    keep(night, chosen[cell], by=officer.name)


def test_a_refused_look_is_no_fact_and_counts_nothing(night):
    keep(night, "Beodeul")
    with pytest.raises(NotHeld):
        reveal(night, "Beodeul", by="Dasom")
    assert told(NameRevealed) == []
    assert queries.reveals_left(night.desk("Dasom")) == 20


def test_put_down_keys_show_no_name(night):
    keep(night, "Beodeul")
    person = night.person("Beodeul")
    with pytest.raises(NotHeld):
        reveal_name(night.keyless("Haneul"), person=person, cell=cell_of(person), reason=RevealReason.CALL)


def test_the_ring_and_ones_own_keys_open_nothing_of_a_foreign_cell(night):
    """T12: Dasom with the database key and her own keys, every wrap tried with every key she can open."""
    keep(night, "Beodeul")
    (row,) = PersonKey.objects.all()
    keyring = night.desk("Dasom").keyring
    ring = keyring.ring
    own = [keyring.cell_key(cell).wrap() for cell in keyring.held]
    every = [*own, ring.sys_key(), ring.state_key(), ring.number_key(), ring.words_key()]
    sealed = RealNameRow.objects.get()
    for key in every:
        with pytest.raises(NotHeld):
            seals.unseal(key, name_place(settings.OJAK_VAULT_ID, night.person("Beodeul")), sealed.ident)
    assert row.cell_id not in keyring.held
    with pytest.raises(NotHeld):
        keys.open_key(night.desk("Dasom"), night.person("Beodeul"))


def test_a_wrap_copied_to_another_person_opens_nothing(night):
    """T27, in the database."""
    keep(night, "Beodeul")
    keep(night, "Yeoul")
    beodeul, yeoul = (PersonKey.objects.get(person=night.person(name)) for name in ("Beodeul", "Yeoul"))
    PersonKey.objects.filter(pk=yeoul.pk).update(wrapped=beodeul.wrapped)
    with pytest.raises(Damaged):
        reveal(night, "Yeoul")


def test_a_name_copied_to_another_person_opens_nothing(night):
    keep(night, "Beodeul")
    keep(night, "Yeoul")
    other = RealNameRow.objects.get(person=night.person("Beodeul"))
    RealNameRow.objects.filter(person=night.person("Yeoul")).update(ident=other.ident)
    with pytest.raises(NotHeld):
        reveal(night, "Yeoul")


def test_a_name_kept_again_takes_the_place_of_the_first(night):
    keep(night, "Beodeul")
    keep(night, "Beodeul", name="a second one")
    assert reveal(night, "Beodeul").name == "a second one"
    assert RealNameRow.objects.count() == PersonKey.objects.count() == 1


def test_nobody_has_a_name_until_one_is_kept(night):
    with pytest.raises(Refused, match=r"people\.no_name"):
        reveal(night, "Beodeul")
    assert not queries.named(night.person("Beodeul")).kept


def test_the_day_has_twenty_names_for_each_officer_and_begins_in_seoul(night):
    """It is 19:12 in Seoul: midnight is 4 hours 48 minutes away."""
    keep(night, "Galmae-3")
    for _ in range(20):
        reveal(night, "Galmae-3")
    with pytest.raises(Refused, match=r"people\.reveal_spent"):
        reveal(night, "Galmae-3")
    assert len(told(NameRevealed)) == 20
    assert reveal(night, "Galmae-3", by="Narae").name == NAMES["Galmae-3"]
    night.clock.at(night.now + 4 * HOUR_MS)
    with pytest.raises(Refused, match=r"people\.reveal_spent"):
        reveal(night, "Galmae-3")
    night.clock.at(night.now + HOUR_MS)
    assert reveal(night, "Galmae-3").name == NAMES["Galmae-3"]


def test_another_budget_can_be_written_into_the_settings(night, monkeypatch):
    monkeypatch.setattr(settings, "TOML", {"people": {"reveal_budget": 1}})
    keep(night, "Beodeul")
    reveal(night, "Beodeul")
    assert queries.reveals_left(night.desk("Haneul")) == 0


def test_no_fact_and_no_page_value_holds_the_name(night):
    keep(night, "Beodeul")
    reveal(night, "Beodeul")
    bodies = b"".join(bytes(body) for body in Entry.objects.values_list("body", flat=True))
    assert NAMES["Beodeul"].encode() not in bodies
    page = pages.person_page(night.desk("Haneul"), person=night.person("Beodeul"))
    assert page.named.kept
    assert NAMES["Beodeul"] not in repr(page)
    assert NAMES["Beodeul"] not in repr(RealName(NAMES["Beodeul"]))


def wraps() -> list[bytes]:
    return list(PersonKey.objects.order_by("pk").values_list("wrapped", flat=True))


def test_a_new_epoch_wraps_the_data_keys_again_and_leaves_the_blobs(night):
    for name in ("Beodeul", "Yeoul", "Galmae-3"):
        keep(night, name)
    cell, blobs, before = night.ids.cells["N-2"], list(RealNameRow.objects.values_list("ident")), wraps()
    begin_epoch(night.desk("Haneul"), cell=cell)
    assert reveal(night, "Beodeul").name == NAMES["Beodeul"], "the epoch before still opens"
    rewrap_keys(night.desk("Haneul"), cell)
    assert list(RealNameRow.objects.values_list("ident")) == blobs
    assert [old == new for old, new in zip(before, wraps(), strict=True)] == [False, False, True]
    assert set(PersonKey.objects.filter(cell=cell).values_list("epoch", flat=True)) == {2}
    assert reveal(night, "Yeoul", by="Boram").name == NAMES["Yeoul"]
    assert [(fact.epoch, fact.count) for fact in told(KeysRewrapped)] == [(2, 2)]


def test_the_chore_with_nothing_to_do_asks_once_and_writes_nothing(night):
    keep(night, "Beodeul")
    desk, cell, before = night.desk("Haneul"), night.ids.cells["N-2"], Entry.objects.count()
    desk.keyring.cell_key(cell)
    with CaptureQueriesContext(connection) as asked:
        rewrap_keys(desk, cell)
    assert len(asked) == 1
    assert Entry.objects.count() == before


def test_a_wrap_that_does_not_hold_keeps_nobody_elses_from_being_wrapped(night, caplog):
    keep(night, "Beodeul")
    keep(night, "Yeoul")
    broken = PersonKey.objects.get(person=night.person("Beodeul"))
    spoiled = broken.wrapped[:-1] + bytes([broken.wrapped[-1] ^ 1])
    PersonKey.objects.filter(pk=broken.pk).update(wrapped=spoiled)
    begin_epoch(night.desk("Haneul"), cell=night.ids.cells["N-2"])
    rewrap_keys(night.desk("Haneul"), night.ids.cells["N-2"])
    assert PersonKey.objects.get(person=night.person("Yeoul")).epoch == 2
    assert PersonKey.objects.get(pk=broken.pk).epoch == 1
    assert "vault.damaged" in caplog.text


def remove(night, officer: str) -> None:
    """Haneul asks, Boram signs, Haneul does it; the cells Haneul holds get new keys."""
    request = ask_for_removal(night.desk("Haneul"), officer=night.officer(officer), chance_percent=50)
    approve_request(night.desk("Boram"), request=request)
    remove_officer(night.desk("Haneul"), request=request)


def test_after_a_removal_the_old_data_keys_open_nothing_more(night):
    """Narae held C-1 and may have kept every data key of it; N-2 she never held."""
    keep(night, "Galmae-3")
    keep(night, "Beodeul")
    kept = keys.open_key(night.desk("Narae"), night.person("Galmae-3"))
    beodeul = keys.open_key(night.desk("Haneul"), night.person("Beodeul"))
    night.clock.at(night.now + HOUR_MS)
    remove(night, "Narae")
    begin_epoch(night.desk("Haneul"), cell=night.ids.cells["N-2"])
    assert removed_since(night.ids.cells["N-2"]) == 0
    for cell in ("C-1", "N-2"):
        rewrap_keys(night.desk("Haneul"), night.ids.cells[cell])
    with pytest.raises(NotHeld):
        keys.open_fields(kept)
    assert keys.open_fields(beodeul) is not None, "wrapped again only"
    assert reveal(night, "Galmae-3").name == NAMES["Galmae-3"]


def test_a_second_new_epoch_after_a_removal_draws_nothing_again(night):
    keep(night, "Galmae-3")
    night.clock.at(night.now + HOUR_MS)
    remove(night, "Narae")
    night.clock.at(night.now + HOUR_MS)
    cell = night.ids.cells["C-1"]
    rewrap_keys(night.desk("Haneul"), cell)
    (before,) = RealNameRow.objects.values_list("ident", flat=True)
    night.clock.at(night.now + HOUR_MS)
    begin_epoch(night.desk("Haneul"), cell=cell)
    rewrap_keys(night.desk("Haneul"), cell)
    assert list(RealNameRow.objects.values_list("ident", flat=True)) == [before]


def test_a_name_kept_while_new_data_keys_were_worked_out_is_not_lost(night):
    """All or none is written: the next sitting down does it again."""
    keep(night, "Galmae-3")
    keep(night, "Durumi")
    people = [night.person("Galmae-3"), night.person("Durumi")]
    anew = redrawn(night.desk("Haneul"), people)
    keep(night, "Durumi", name="a second one", by="Narae")
    with pytest.raises(Refused, match=r"house\.busy"):
        keep_redrawn(night.desk("Haneul"), anew=anew)
    assert reveal(night, "Durumi").name == "a second one"
    assert reveal(night, "Galmae-3").name == NAMES["Galmae-3"]
