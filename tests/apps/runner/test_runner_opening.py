"""What an opening asks before it hands the keys over, and what the running house answers at its door."""

import json
import os
import socket
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from ojakgyo.apps.vault.actions.roles import give_role
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.apps.vault.models import Officer
from ojakgyo.apps.vault.values import OfficerState
from ojakgyo.cli import serving
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.runner import looking, opening
from ojakgyo.runner.door import Door, answers, ask
from ojakgyo.runner.house import House
from ojakgyo.runner.lock import lock, say_where
from ojakgyo.store import keyholder


@pytest.fixture
def home():
    """A short path: the name of a socket has few letters."""
    with tempfile.TemporaryDirectory(prefix="ojak-") as folder:
        (Path(folder) / "run").mkdir()
        yield Path(folder)


def test_no_vault_is_opened_while_debugging_is_on(night, monkeypatch):
    """T8: its pages of failures would show what a function had in hand."""
    ring = keyholder.ring()
    keyholder.seal()
    monkeypatch.setattr(settings, "DEBUG", True)
    try:
        with pytest.raises(Refused, match=r"vault\.debug_on"):
            opening.open_vault(ring)
        assert not keyholder.is_unsealed()
    finally:
        keyholder.unseal(ring)


def test_who_comes_to_a_gate_that_somebody_else_has_just_opened_is_admitted_by_the_same_rule(night):
    """Two at the gate at once: the second finds the house open, and is not let in unseen because of it."""
    house, ring = House(), keyholder.ring()
    opener = night.desk("Haneul").keyring.officer_keys
    give_role(command_desk(), officer=opener.officer, role=OfficerRole.OPENER)
    house.open(ring, opener=opener)
    Officer.objects.filter(id=opener.officer).update(state=OfficerState.SUSPENDED)
    with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
        house.open(ring, opener=opener)
    assert keyholder.is_unsealed(), "the house of who opened it first stays open"
    house.open(ring)


def test_the_desk_answers_what_can_be_asked_of_an_open_vault(night):
    (told,) = looking.verify({})
    facts = list(looking.chronicle({"since": told["facts"] - 2}))
    assert [each["seq"] for each in facts] == [told["facts"] - 1, told["facts"]]
    assert json.dumps(facts)


@pytest.mark.parametrize("raised", [Damaged("vault.rolled_back", seq=3), NotHeld(), Refused("vault.in_use", at="here")])
def test_an_error_comes_through_the_door_as_what_it_is(home, raised):
    def fail(asked):
        yield from ()
        raise raised

    door = Door(home, {"fail": fail})
    door.start()
    try:
        assert answers(home)
        with pytest.raises(type(raised)) as caught:
            list(ask(home, "fail"))
        assert (caught.value.code, caught.value.ids) == (raised.code, raised.ids)
    finally:
        door.stop()
    assert not answers(home)


def test_a_lock_says_where_its_desk_is_and_forgets_it_with_the_next(home):
    held = lock(home)
    say_where(held, "http://127.0.0.1:8731/")
    with pytest.raises(Refused) as caught:
        lock(home)
    assert caught.value.ids == {"at": "http://127.0.0.1:8731/"}
    os.close(held)
    held = lock(home)
    with pytest.raises(Refused) as caught:
        lock(home)
    assert caught.value.ids == {}
    os.close(held)


def test_a_port_is_free_or_it_is_said_which_is_not():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=rf"house\.port_in_use port={port}"):
            serving.free(port)
    serving.free(port)
