"""The practice world has what a real team has: openers, an organisation with shares on paper, names to be seen once."""

import practice_vault
import pytest

from ojakgyo.apps.network.queries import cells_of
from ojakgyo.apps.people.actions import reveal_name
from ojakgyo.apps.people.models import Person
from ojakgyo.apps.people.queries import named, person_written
from ojakgyo.apps.vault import header, queries
from ojakgyo.apps.vault.queries.overview import overview
from ojakgyo.demo import officers, shares
from ojakgyo.demo.cast import SEED, cast
from ojakgyo.demo.officers import desk_of
from ojakgyo.domain.desk import Desk
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import RevealReason
from ojakgyo.domain.sealing import organisation
from ojakgyo.domain.sealing.shares import combine
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.roles import OfficerRole

HOME = practice_vault.HOME


@pytest.fixture
def team(practice_world):
    """Who is in it."""
    return cast(SEED, practice_world.start)


def test_two_of_the_three_shares_beside_the_passwords_open_the_vault_and_are_the_organisation(team):
    file = HOME / officers.FOLDER / shares.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    paper = file.read_text().splitlines()
    assert len(paper) == 3
    secret = combine(paper[1:])
    assert header.unseal_by_secret(HOME, secret).ring == practice_vault.RING
    assert organisation.keys(secret).public == queries.organisation()


def test_an_openers_own_password_opens_the_vault_and_nobody_elses_does(team):
    openers = {officer.key for officer in team.officers if OfficerRole.OPENER in officer.roles}
    assert openers == {"Haneul", "Boram"}
    for officer in team.officers:
        if officer.key in openers:
            assert header.unseal(HOME, officers.password(officer.key)).ring == practice_vault.RING
        else:
            with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
                header.unseal(HOME, officers.password(officer.key))


def test_the_vault_is_in_order_but_for_the_backup_that_nobody_has_made(team):
    found = overview(desk_of("Haneul"))
    assert (found.passphrases, found.openers, found.shares, found.organisation) == (1, 2, True, True)
    assert not (found.without_organisation or found.nobody_holds or found.one_holds or found.must_rotate)


def test_every_helper_has_a_name_that_who_holds_the_cell_can_see(team):
    assert all(named(PersonId(person)).kept for person in Person.objects.values_list("pk", flat=True))
    yeoul = person_written(desk_of("Haneul"), "Yeoul")
    assert seen(desk_of("Haneul"), yeoul) == team.helper("Yeoul").real_name
    with pytest.raises(NotHeld):
        seen(desk_of("Dasom"), yeoul)


def seen(desk: Desk, person: PersonId) -> str:
    cell = cells_of([person])[person]
    return reveal_name(desk, person=person, cell=cell, reason=RevealReason.DANGER).name
