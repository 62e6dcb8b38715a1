"""Signing in is opening the key bundle; a session has two halves."""

import inspect
import statistics
import threading
import time

import pytest
from django.conf import settings
from vault_stage import BORAM, DASOM, HANEUL, NOBODY

from ojakgyo.apps.vault import kdf, queries, seals, tokens
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.officers import enrol_officer, suspend_officer
from ojakgyo.apps.vault.actions.sessions import keys_of, open_bundle, sign_in, sign_out, tend_sessions
from ojakgyo.apps.vault.desks import command_desk, house_desk, officer_desk
from ojakgyo.apps.vault.models import Officer, SecondFactor
from ojakgyo.apps.vault.pace import pace
from ojakgyo.apps.vault.seats import END_S, seats
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.names import Group, Table
from ojakgyo.domain.sealing.officers import open_half
from ojakgyo.domain.sealing.stretching import FLOOR, SIGN_IN
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.store import keyholder


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(pace, "_sleep", lambda seconds, called: None)


def test_the_password_brings_the_officers_own_keys(house):
    assert open_bundle(code_name=BORAM, password="boram's") == house.boram


@pytest.mark.parametrize(("name", "password"), [(BORAM, "haneul's"), (BORAM, ""), (NOBODY, "x"), (None, "x")])
def test_wrong_name_and_wrong_password_are_one_answer_and_one_amount_of_work(house, stretched, name, password):
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        open_bundle(code_name=name, password=password)
    cost = kdf.sign_in_cost()
    assert stretched.costs == [{"memory_kib": cost.memory_kib, "rounds": cost.rounds, "lanes": cost.lanes}]


REFUSED = {
    "a name nobody has": (NOBODY, "wrong", ""),
    "what is no name": (None, "wrong", ""),
    "a wrong password": (BORAM, "wrong", ""),
    "a suspended officer": (DASOM, "dasom's", ""),
    "a right password with a wrong code": (HANEUL, "haneul's", "000000"),
    "a wrong password with a wrong code": (HANEUL, "wrong", "000000"),
}


@pytest.fixture
def barred(house, monkeypatch):
    """Dasom is suspended; Haneul has a second factor whose codes are never all noughts."""
    suspend_officer(officer_desk(house.haneul), officer=house.dasom.officer)
    SecondFactor.objects.create(officer_id=house.haneul.officer, seed=b"", last_step=0)
    monkeypatch.setattr(sessions.queries, "factor", lambda desk: queries.Factor(bytes(20), 0))
    monkeypatch.setattr(sessions.totp, "matching", lambda seed, typed, at: None)


@pytest.mark.parametrize("why", REFUSED)
def test_whoever_is_refused_has_cost_one_derivation_at_the_price_of_a_sign_in(barred, stretched, why):
    name, password, code = REFUSED[why]
    stretched.costs.clear()
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        sign_in(code_name=name, password=password, code=code)
    cost = kdf.sign_in_cost()
    assert stretched.costs == [{"memory_kib": cost.memory_kib, "rounds": cost.rounds, "lanes": cost.lanes}]


def test_a_name_nobody_has_takes_as_long_as_a_wrong_password(database, empty_desk, monkeypatch):
    """With the real derivation: the middle of many tries, in turn, by the processor's time; a broad bound, for a busy
    machine. What one of them leaves out, or does twice, lies far outside of it."""
    monkeypatch.setattr(primitives, "stretch", inspect.unwrap(primitives.stretch))
    enrol_officer(command_desk(), code_name=BORAM, password="boram's", roles=[])
    took: dict[CodeName, list[float]] = {BORAM: [], NOBODY: []}
    for _ in range(9):
        for name, tries in took.items():
            tries.append(_seconds(name))
    known, unknown = (statistics.median(took[name]) for name in (BORAM, NOBODY))
    assert 0.67 < unknown / known < 1.5, f"known {known:.3f} s, unknown {unknown:.3f} s"


def _seconds(name: CodeName) -> float:
    began = time.process_time()
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        open_bundle(code_name=name, password="wrong")
    return time.process_time() - began


@pytest.mark.parametrize(("practice", "cost"), [(False, SIGN_IN), (True, FLOOR)])
def test_outside_practice_a_sign_in_costs_128_mebibytes(monkeypatch, practice, cost):
    monkeypatch.setattr(settings, "OJAK_KDF_FLOOR", practice)
    assert kdf.sign_in_cost() == cost


def test_at_most_two_derivations_run_at_once(monkeypatch):
    entered, go_on = threading.Semaphore(0), threading.Event()

    def slow(words, salt, **cost):
        entered.release()
        go_on.wait(5)
        return bytes(32)

    monkeypatch.setattr(primitives, "stretch", slow)
    threads = [threading.Thread(target=kdf.pretend, args=("words",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    assert [entered.acquire(timeout=seconds) for seconds in (5, 5, 0.3)] == [True, True, False]
    go_on.set()
    for thread in threads:
        thread.join()
    assert [entered.acquire(blocking=False) for _ in range(5)] == [True] * 4 + [False]


def test_both_halves_open_the_keys_and_either_alone_nothing(house):
    token = sign_in(code_name=BORAM, password="boram's")
    half = tokens.parsed(Table.SESSION, token)
    seat = seats.find(half.id)
    assert keys_of(seat, token=token) == house.boram
    with pytest.raises(NotHeld):
        keys_of(seat, token="ab" * 32)
    assert half.token not in seat.id + seat.half
    seats.put_down(half.id)
    assert keys_of(seats.find(half.id), token=token) is None


def test_a_server_half_laid_under_another_officer_opens_nothing(house):
    token = sign_in(code_name=BORAM, password="boram's")
    half = tokens.parsed(Table.SESSION, token)
    blob = seats.find(half.id).half
    with pytest.raises(Damaged):
        open_half(half, blob, officer=house.dasom.officer, public=queries.public(house.dasom.officer))


def test_nothing_of_a_session_lies_in_the_database(house):
    token = sign_in(code_name=BORAM, password="boram's")
    seat = seats.find(tokens.parsed(Table.SESSION, token).id)
    kept = b"".join(bytes(row.bundle) + bytes(row.vouched) for row in Officer.objects.all())
    assert seat.half not in kept
    assert bytes.fromhex(token) not in kept


def test_signing_in_and_out_is_said_in_the_chronicle(house, facts):
    facts()
    token = sign_in(code_name=BORAM, password="boram's")
    assert facts() == ["vault.signed_in"]
    sign_out(token=token)
    sign_out(token=token)
    assert facts() == ["vault.session_ended"]
    assert seats.find(tokens.parsed(Table.SESSION, token).id) is None


def test_a_wrong_sign_in_leaves_no_fact_and_no_seat(house, facts):
    facts()
    with pytest.raises(Refused):
        sign_in(code_name=BORAM, password="wrong")
    assert facts() == []
    assert not seats._taken


def test_wrong_passwords_wait_a_little_longer_each_and_the_right_one_still_opens(house, monkeypatch):
    slept = []
    monkeypatch.setattr(pace, "_sleep", lambda seconds, called: slept.append(seconds))
    for _ in range(3):
        with pytest.raises(Refused):
            sign_in(code_name=BORAM, password="wrong")
    sign_in(code_name=BORAM, password="boram's")
    assert slept == [0.5, 1.0, 1.5]


def test_what_lasted_twelve_hours_is_ended_by_the_house(house, facts, monkeypatch):
    sign_in(code_name=BORAM, password="boram's")
    facts()
    later = seats._tick() + END_S
    monkeypatch.setattr(seats, "_tick", lambda: later)
    tend_sessions()
    tend_sessions()
    assert facts() == ["vault.session_ended"]


def test_sealing_ends_every_session(house):
    token = sign_in(code_name=BORAM, password="boram's")
    ring = keyholder.ring()
    keyholder.seal()
    keyholder.unseal(ring)
    assert seats.find(tokens.parsed(Table.SESSION, token).id) is None


def test_a_swapped_public_key_is_seen_at_sign_in(house):
    Officer.objects.filter(id=house.boram.officer).update(exchange_public=house.dasom.public.exchange)
    with pytest.raises(Damaged):
        open_bundle(code_name=BORAM, password="boram's")


def test_a_cheaper_derivation_written_into_the_row_is_refused(house, stretched):
    Officer.objects.filter(id=house.boram.officer).update(memory_kib=8)
    with pytest.raises(Damaged, match=r"vault\.parameters"):
        open_bundle(code_name=BORAM, password="boram's")
    assert not stretched.costs


def test_the_officers_are_who_was_enrolled_with_their_roles_in_order(house):
    found = {officer.code_name: officer.roles for officer in queries.officers(house_desk())}
    assert found == {
        HANEUL: (OfficerRole.COORDINATOR, OfficerRole.SAFETY),
        BORAM: (OfficerRole.TREASURER,),
        DASOM: (OfficerRole.SAFETY,),
    }
    assert queries.roles(officer_desk(house.boram)) == {OfficerRole.TREASURER}
    assert queries.roles(house_desk()) == frozenset()


def test_enrolling_says_the_officer_and_each_role(house, facts):
    facts()
    enrol_officer(command_desk(), code_name=NOBODY, password="x", roles=[OfficerRole.SAFETY, OfficerRole.SAFETY])
    assert facts() == ["vault.officer_enrolled", "vault.role_given"]


def test_an_empty_password_is_a_wrong_call(house):
    with pytest.raises(ValueError, match="password"):
        enrol_officer(command_desk(), code_name=NOBODY, password="", roles=[])


def test_a_row_is_sealed_for_its_place_in_this_vault_under_a_fresh_nonce():
    key = keyholder.ring().words_key()
    where = seals.place(Table.INBOUND, 5, Group.WORDS)
    first, second = (seals.seal(key, where, {"words": "노을"}) for _ in range(2))
    assert first != second
    assert seals.unseal(key, where, first) == {"words": "노을"}
    assert where.vault == settings.OJAK_VAULT_ID
    with pytest.raises(Damaged):
        seals.unseal(key, seals.place(Table.INBOUND, 6, Group.WORDS), first)


def test_no_step_of_signing_in_holds_a_transaction_while_it_derives(house, monkeypatch):
    from django.db import connection

    seen = []
    stretch = primitives.stretch
    monkeypatch.setattr(
        primitives, "stretch", lambda *words, **cost: seen.append(connection.in_atomic_block) or stretch(*words, **cost)
    )
    sessions.sign_in(code_name=BORAM, password="boram's")
    enrol_officer(command_desk(), code_name=NOBODY, password="x", roles=[])
    assert seen == [False, False]
