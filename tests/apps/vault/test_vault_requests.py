"""What takes two, in the database: everything that is not exactly what two signed is refused, and nothing happens."""

import pytest
from django.conf import settings
from django.test import override_settings
from vault_stage import DASOM, HANEUL
from vault_team import at, signed_in

from ojakgyo.apps.chronicle.acts import action
from ojakgyo.apps.vault.actions import requests
from ojakgyo.apps.vault.actions.officers import enrol_officer, resume_officer, suspend_officer
from ojakgyo.apps.vault.actions.removal import ask_for_removal, remove_officer
from ojakgyo.apps.vault.actions.renewal import renew_keys
from ojakgyo.apps.vault.actions.sessions import open_bundle
from ojakgyo.apps.vault.desks import keyless_desk, officer_desk
from ojakgyo.apps.vault.models import Approval, Officer, Request
from ojakgyo.apps.vault.queries.requests import open_request, request
from ojakgyo.apps.vault.queries.requests import requests as every
from ojakgyo.apps.vault.values import OfficerState, RequestState
from ojakgyo.domain.errors import REGISTRY, NotHeld, Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import requests as signing
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, MINUTE_MS
from ojakgyo.domain.values.roles import OfficerRole


@pytest.fixture
def asked(team):
    """Haneul asks to remove Boram."""
    return ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=40)


@pytest.fixture
def signed(team, asked):
    """Dasom has signed too."""
    return requests.approve_request(officer_desk(team.dasom), request=asked)


def refusal(act) -> str:
    with pytest.raises(Refused) as seen:
        act()
    return seen.value.code


def boram_sits(team) -> bool:
    return Officer.objects.get(id=team.boram.officer).state is OfficerState.ACTIVE


def test_two_hands_remove_and_the_request_is_used_once(team, signed, facts):
    facts()
    remove_officer(officer_desk(team.haneul), request=signed)
    assert facts()[0] == "vault.request_used"
    assert not boram_sits(team)
    assert refusal(lambda: remove_officer(officer_desk(team.dasom), request=signed)) == "vault.request_lapsed"
    Officer.objects.filter(id=team.boram.officer).update(state=OfficerState.ACTIVE)
    assert refusal(lambda: remove_officer(officer_desk(team.dasom), request=signed)) == "vault.request_lapsed"


def test_one_hand_removes_nobody(team, asked):
    assert refusal(lambda: remove_officer(officer_desk(team.haneul), request=asked)) == "vault.second_hand"
    assert boram_sits(team)


def test_the_same_person_signs_once(team, asked):
    assert refusal(lambda: requests.approve_request(officer_desk(team.haneul), request=asked)) == "vault.second_hand"
    assert Approval.objects.filter(request=asked).count() == 1


def test_whom_it_concerns_does_not_sign(team, asked):
    assert refusal(lambda: requests.approve_request(officer_desk(team.boram), request=asked)) == "vault.not_yourself"


def test_nobody_signs_with_keys_put_down(team, asked):
    with pytest.raises(NotHeld):
        requests.approve_request(keyless_desk(team.dasom.officer), request=asked)


@pytest.mark.parametrize(
    "edit",
    [
        {"about": 99},
        {"argument": 0},
        {"kind": RequestKind.EXPORT_AUDIT},
        {"made_ms": 1},
        {"until_ms": 2**60},
        {"signed": b"other bytes"},
    ],
)
def test_a_request_edited_in_the_database_is_neither_signed_nor_used(team, asked, signed, edit):
    fresh = ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=40)
    Request.objects.update(**edit)
    for act in (
        lambda: requests.approve_request(officer_desk(team.dasom), request=fresh),
        lambda: remove_officer(officer_desk(team.haneul), request=signed),
    ):
        assert refusal(act) == "vault.request_changed"
    assert boram_sits(team)


@pytest.mark.parametrize("edit", [{"about": 99}, {"argument": 0}, {"kind": RequestKind.EXPORT_AUDIT}])
def test_who_edits_the_bytes_as_well_has_no_hand_under_them(team, asked, signed, edit):
    """Whoever has the whole database writes another request, bytes and all, under the hands of the first."""
    Request.objects.filter(id=signed).update(**edit)
    row = Request.objects.get(id=signed)
    forged = signing.Asked(
        settings.OJAK_VAULT_ID, row.id, RequestKind(row.kind), row.about, row.argument, row.made_by_id, row.made_ms
    )
    Request.objects.filter(id=signed).update(signed=forged.bytes())
    code = refusal(lambda: use(team, signed, RequestKind(row.kind), row.about))
    assert code == "vault.request_changed"


def use(team, request, kind, about):
    """As an act does, inside its transaction."""

    @action
    def act(desk):
        return requests.use_request(desk, request=request, kind=kind, about=about)

    return act(officer_desk(team.haneul))


@pytest.mark.parametrize(
    ("kind", "about"), [(RequestKind.EXPORT_AUDIT, 0), (RequestKind.FORGET_PERSON, 5), (RequestKind.REMOVE_OFFICER, 5)]
)
def test_a_request_for_one_thing_is_used_for_no_other(team, signed, kind, about):
    assert refusal(lambda: use(team, signed, kind, about)) == "vault.request_changed"
    assert Request.objects.get(id=signed).state is RequestState.OPEN


def test_the_argument_that_two_signed_is_handed_to_the_act(team, signed):
    assert use(team, signed, RequestKind.REMOVE_OFFICER, team.boram.officer) == 40


def test_an_approval_copied_to_another_request_counts_for_nothing(team, signed):
    other = ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=99)
    row = Approval.objects.get(request=signed, officer=team.dasom.officer)
    row.pk, row.request_id = None, other
    row.save()
    assert refusal(lambda: remove_officer(officer_desk(team.haneul), request=other)) == "vault.request_changed"


def test_an_approval_renamed_to_somebody_else_counts_for_nothing(team, asked):
    Approval.objects.create(
        request_id=asked,
        officer_id=team.dasom.officer,
        signature=Approval.objects.get(request=asked).signature,
        given_ms=Request.objects.get(id=asked).made_ms,
    )
    assert refusal(lambda: remove_officer(officer_desk(team.haneul), request=asked)) == "vault.request_changed"


def test_a_hand_under_a_swapped_public_key_counts_for_nothing(team, asked):
    """Haneul swaps Dasom's public key for one of his own making and signs in Dasom's name."""
    row = open_request(asked)[0]
    hand = signing.sign(row, team.boram, now=row.made)
    Officer.objects.filter(id=team.dasom.officer).update(signing_public=team.boram.public.signing)
    Approval.objects.create(
        request_id=asked, officer_id=team.dasom.officer, signature=hand.signature, given_ms=row.made
    )
    assert refusal(lambda: remove_officer(officer_desk(team.haneul), request=asked)) == "vault.second_hand"


def test_after_thirty_minutes_a_request_is_neither_signed_nor_used(team, asked, signed):
    fresh = ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=1)
    later = 30 * MINUTE_MS + 1
    late = at(officer_desk(team.dasom), later)
    for act in (
        lambda: requests.approve_request(late, request=fresh),
        lambda: remove_officer(late, request=signed),
    ):
        assert refusal(act) == "vault.request_lapsed"
    assert all(line.over for line in every(late))
    assert not any(line.over for line in every(officer_desk(team.dasom)))


def test_a_colleagues_hand_lapses_with_a_suspension_and_counts_again_after_it(team, signed):
    suspend_officer(officer_desk(team.haneul), officer=team.dasom.officer)
    assert refusal(lambda: remove_officer(officer_desk(team.haneul), request=signed)) in {
        "vault.second_hand",
        "vault.last_safety",
        "vault.nobody_second",
    }
    resume_officer(officer_desk(team.haneul), officer=team.dasom.officer)
    remove_officer(officer_desk(team.haneul), request=signed)
    assert not boram_sits(team)


def test_new_keys_of_a_signer_lapse_what_the_old_ones_had_signed(team, signed):
    renew_keys(officer_desk(team.haneul), officer=team.dasom.officer, password="six words for an invented officer")
    assert refusal(lambda: remove_officer(officer_desk(team.haneul), request=signed)) == "vault.request_lapsed"


# One person, two hands -------------------------------------------------------------------------------------------------


@pytest.fixture
def for_real():
    """Not a practice world: whose keys were made within a day is not yet somebody else."""
    with override_settings(OJAK_YOUNG_HAND_MS=DAY_MS):
        yield


def puppet(by, number, at_ms=0):
    desk = at(officer_desk(by), at_ms)
    return enrol_officer(desk, code_name=CodeName(number), password="invented", roles=[OfficerRole.COORDINATOR])[1]


def tried(first, second, team, later_ms) -> str | None:
    """The code of why the second hand under a request of the first is refused; None where it counts."""
    asked = ask_for_removal(at(officer_desk(first), later_ms), officer=team.boram.officer, chance_percent=1)
    try:
        requests.approve_request(at(officer_desk(second), later_ms), request=asked)
    except Refused as error:
        return error.code
    return None


def test_who_enrolled_a_puppet_does_not_sign_as_it_nor_asks_as_it(team, for_real):
    made = puppet(team.haneul, 60, DAY_MS)
    for hands in ((team.haneul, made), (made, team.haneul)):
        assert tried(*hands, team, DAY_MS) == "vault.young_hand"
        assert tried(*hands, team, 2 * DAY_MS - HOUR_MS) == "vault.young_hand"
        assert tried(*hands, team, 2 * DAY_MS) is None
    assert tried(team.dasom, made, team, DAY_MS) is None


def test_two_puppets_and_a_puppets_puppet_are_one_hand(team, for_real):
    one, two = puppet(team.haneul, 60, DAY_MS), puppet(team.haneul, 61, DAY_MS)
    third = puppet(one, 62, DAY_MS)
    for hands in ((one, two), (team.haneul, third), (two, third)):
        assert tried(*hands, team, DAY_MS) == "vault.young_hand"


def test_who_renewed_a_colleagues_keys_does_not_sign_as_the_colleague(team, for_real):
    renew_keys(at(officer_desk(team.haneul), DAY_MS), officer=team.dasom.officer, password="known to two")
    dasom = open_bundle(code_name=team.name(team.dasom), password="known to two")
    assert tried(team.haneul, dasom, team, DAY_MS) == "vault.young_hand"
    assert tried(dasom, team.haneul, team, 2 * DAY_MS - HOUR_MS) == "vault.young_hand"
    assert tried(team.haneul, dasom, team, 2 * DAY_MS) is None


def test_a_hand_that_is_too_young_counts_for_nothing_where_the_request_is_used(team, signed, for_real):
    assert refusal(lambda: use(team, signed, RequestKind.REMOVE_OFFICER, team.boram.officer)) == "vault.young_hand"
    assert Request.objects.get(id=signed).state is RequestState.OPEN


def test_a_third_who_is_somebody_else_makes_up_for_a_hand_that_is_too_young(team, for_real):
    made, later = puppet(team.haneul, 60, DAY_MS), DAY_MS
    with override_settings(OJAK_YOUNG_HAND_MS=0):
        asked = ask_for_removal(at(officer_desk(team.haneul), later), officer=team.boram.officer, chance_percent=40)
        requests.approve_request(at(officer_desk(made), later), request=asked)
    assert refusal(lambda: remove_officer(at(officer_desk(team.haneul), later), request=asked)) == "vault.young_hand"
    requests.approve_request(at(officer_desk(team.dasom), later), request=asked)
    remove_officer(at(officer_desk(team.haneul), later), request=asked)
    assert not boram_sits(team)


def test_the_page_of_a_request_says_beforehand_whose_hand_is_too_young(team, asked, for_real):
    where = f"/vault/requests/{ids.text('t', asked)}/"
    dasom, haneul = signed_in(DASOM.en, "dasom's"), signed_in(HANEUL.en, "haneul's")
    for client in (dasom, haneul):
        client.post("/language/", {"language": "en", "next": "/"})
    shown = dasom.get(where).content.decode()
    assert REGISTRY["vault.young_hand"].sentence in shown
    assert "sign/" not in shown
    assert "whose keys you made within a day" in haneul.get(where).content.decode()
    with override_settings(OJAK_YOUNG_HAND_MS=0):
        assert "sign/" in dasom.get(where).content.decode()


def test_who_asked_takes_it_back_and_nobody_else_does(team, asked, facts):
    facts()
    assert refusal(lambda: requests.withdraw_request(officer_desk(team.dasom), request=asked)) == "vault.request_lapsed"
    requests.withdraw_request(officer_desk(team.haneul), request=asked)
    assert facts() == ["vault.request_lapsed"]
    assert refusal(lambda: requests.approve_request(officer_desk(team.dasom), request=asked)) == "vault.request_lapsed"


def test_only_the_roles_that_may_ask_do(team):
    desk = officer_desk(team.boram)
    for kind in RequestKind:
        assert refusal(lambda kind=kind: requests.make_request(desk, kind=kind, about=5)) == "vault.role_wanted"


def test_two_in_the_house_ask_for_no_removal_and_may_suspend(team):
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    ask = lambda: ask_for_removal(officer_desk(team.haneul), officer=team.dasom.officer, chance_percent=1)  # noqa: E731
    assert refusal(ask) == "vault.nobody_second"
    suspend_officer(officer_desk(team.haneul), officer=team.dasom.officer)
    export = lambda: requests.make_request(officer_desk(team.haneul), kind=RequestKind.EXPORT_AUDIT)  # noqa: E731
    assert refusal(export) == "vault.nobody_second"


def test_a_page_shows_what_is_asked_and_whose_hands_are_under_it(team, asked, signed):
    line = request(officer_desk(team.boram), id=signed)
    assert (line.kind, line.about.id, line.argument) == (RequestKind.REMOVE_OFFICER, team.boram.officer, 40)
    assert [hand.officer for hand in line.hands] == [team.name(team.haneul), team.name(team.dasom)]
    assert (line.complete, line.signed, line.mine, line.over) == (True, False, False, False)
