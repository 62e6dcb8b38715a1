"""An officer removed for cause holds nothing afterwards, and nothing of the house rests on their hand."""

import pytest
from django.conf import settings
from django.test import override_settings
from vault_stage import BORAM, HANEUL
from vault_team import signed_in

from ojakgyo.apps.chronicle.newest import newest
from ojakgyo.apps.vault import header, queries, tokens
from ojakgyo.apps.vault.actions import removal, requests
from ojakgyo.apps.vault.actions.cells import grant_key
from ojakgyo.apps.vault.actions.officers import enrol_officer, make_own_slot, suspend_officer
from ojakgyo.apps.vault.actions.removal import ask_for_removal, keep_removal, remove_officer, turn_house_keys
from ojakgyo.apps.vault.actions.roles import give_role
from ojakgyo.apps.vault.actions.sessions import sign_in
from ojakgyo.apps.vault.actions.taking_over import taken_over
from ojakgyo.apps.vault.actions.tokens import issue_entry, issue_token
from ojakgyo.apps.vault.chores import do_chores
from ojakgyo.apps.vault.desks import house_desk, officer_desk
from ojakgyo.apps.vault.models import Cell, EntryToken, Grant, Officer, OfficerRole, Request, SecondFactor
from ojakgyo.apps.vault.queries.memberships import runs_on_old_keys
from ojakgyo.apps.vault.queries.overview import overview
from ojakgyo.apps.vault.seats import seats
from ojakgyo.apps.vault.values import OfficerState, RequestState, Scope
from ojakgyo.apps.vault.views import requests as pages
from ojakgyo.domain.errors import Damaged, NotHeld, Refused
from ojakgyo.domain.facts import OfficerRemoved
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.sealing import grants
from ojakgyo.domain.sealing.names import Table
from ojakgyo.domain.sealing.officers import vouch
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.roles import OfficerRole as Role

NEW_WORDS = "six other words of the team"


def agreed(team, officer, *, by=None, second=None, chance=40):
    """A request to remove this officer, with both hands under it."""
    first, other = by or team.haneul, second or team.dasom
    asked = ask_for_removal(officer_desk(first), officer=officer.officer, chance_percent=chance)
    return requests.approve_request(officer_desk(other), request=asked)


def remove(team, officer, **how):
    request = agreed(team, officer, **how)
    return remove_officer(officer_desk(how.get("by") or team.haneul), request=request)


def test_everything_an_officer_had_goes_in_one_stroke(team, facts):
    grant_key(officer_desk(team.dasom), cell=team.n3, officer=team.boram.officer)
    entry = issue_entry(officer_desk(team.boram))
    token = issue_token(officer_desk(team.boram), scopes=[Scope.WATCH_READ], expires=2**60)
    sign_in(code_name=BORAM, password="boram's")
    SecondFactor.objects.create(officer_id=team.boram.officer, seed=b"sealed")
    request = agreed(team, team.boram)
    facts()

    done = remove_officer(officer_desk(team.haneul), request=request)

    told = facts()
    for kind in ("request_used", "role_withdrawn", "second_factor_removed", "officer_removed", "epoch_begun"):
        assert f"vault.{kind}" in told
    assert told.count("vault.token_voided") == 2
    assert told.count("vault.grant_withdrawn") == 2
    assert (done.turned, done.waiting, done.opener) == ((team.n2,), (team.n3,), False)
    row = Officer.objects.get(id=team.boram.officer)
    assert (row.state, row.roles.count()) == (OfficerState.REMOVED, 0)
    assert not Grant.objects.filter(officer=team.boram.officer).exists()
    assert not SecondFactor.objects.exists()
    assert not EntryToken.objects.filter(half__isnull=False).exists()
    assert seats.end_of(team.boram.officer) == ()
    with pytest.raises(Refused, match=r"vault\.wrong_sign_in"):
        sign_in(code_name=BORAM, password="boram's")
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        queries.entry(tokens.parsed(Table.ENTRY, entry.written).id)
    with pytest.raises(Refused, match=r"vault\.token_refused"):
        queries.api_token(tokens.parsed(Table.API, token.written).id, scope=Scope.WATCH_READ, desk=house_desk())


def test_the_fact_carries_what_the_rooms_above_need(team):
    remove(team, team.boram, chance=85)
    assert newest([OfficerRemoved]) == OfficerRemoved(officer=team.boram.officer, chance_percent=85, opener=False)


def test_cells_of_the_remover_turn_at_once_and_the_others_as_a_member_sits_down(team):
    grant_key(officer_desk(team.dasom), cell=team.n3, officer=team.boram.officer)
    known = {cell: officer_desk(team.boram).keyring.cell_key(cell) for cell in (team.n2, team.n3)}
    remove(team, team.boram)
    assert {cell.id: (cell.epoch, cell.must_rotate) for cell in Cell.objects.all()} == {
        team.n2: (2, False),
        team.n3: (1, True),
    }
    assert [line.id for line in overview(officer_desk(team.haneul)).must_rotate] == [team.n3]
    do_chores(officer_desk(team.haneul))
    assert Cell.objects.get(id=team.n3).must_rotate
    do_chores(officer_desk(team.dasom))
    assert Cell.objects.get(id=team.n3).epoch == 2
    for holder, cell in ((team.haneul, team.n2), (team.dasom, team.n3)):
        keyring = officer_desk(holder).keyring
        assert keyring.cell_key(cell, 1) == known[cell]
        assert keyring.cell_key(cell).seed != known[cell].seed


def test_with_the_whole_database_and_every_old_key_a_removed_officer_opens_no_new_epoch(team):
    old, rows = (
        officer_desk(team.boram).keyring.cell_key(team.n2),
        list(Grant.objects.filter(officer=team.boram.officer)),
    )
    remove(team, team.boram)
    for row in rows:
        row.pk = None
        row.save()
    assert not officer_desk(team.boram).keyring.holds(team.n2)
    Grant.objects.filter(officer=team.boram.officer).update(epoch=2)
    with pytest.raises(Damaged):
        officer_desk(team.boram).keyring.cell_key(team.n2)
    with pytest.raises(NotHeld):
        grants.open_before(old.after(old.seed), settings.OJAK_VAULT_ID, queries.before(team.n2, 2))


def test_a_removed_officers_hand_gives_nothing_any_more(team):
    """Dasom, removed, writes grants and officers into the database under her own good signature."""
    extra = enrol_officer(
        officer_desk(team.haneul), code_name=CodeName(9), password="an invented one", roles=[Role.SAFETY]
    )
    remove(team, team.dasom, second=team.boram)
    key = officer_desk(team.haneul).keyring.cell_key(team.n2)
    poisoned = grants.give(
        grants.CellKey(key.cell, key.epoch, bytes(32)),
        settings.OJAK_VAULT_ID,
        to=team.boram.officer,
        public=team.boram.public,
        by=team.dasom,
    )
    Grant.objects.filter(officer=team.boram.officer).update(
        wrapped=poisoned.wrapped, signature=poisoned.signature, granted_by=team.dasom.officer
    )
    assert not officer_desk(team.boram).keyring.holds(team.n2)
    hand = vouch(team.dasom, settings.OJAK_VAULT_ID, extra[0], extra[1].public)
    Officer.objects.filter(id=extra[0]).update(enrolled_by=team.dasom.officer, vouched=hand)
    with pytest.raises(Refused, match=r"vault\.officer_gone"):
        grant_key(officer_desk(team.haneul), cell=team.n2, officer=extra[0])


def test_what_a_removed_officer_had_given_to_others_goes_on_opening(team):
    """Dasom enrolled Narae and gave her N-3, which Haneul does not hold."""
    narae, keys = enrol_officer(officer_desk(team.dasom), code_name=CodeName(9), password="an invented one", roles=[])
    grant_key(officer_desk(team.dasom), cell=team.n3, officer=narae)
    key = officer_desk(keys).keyring.cell_key(team.n3)
    remove(team, team.dasom, second=team.boram)
    assert officer_desk(keys).keyring.cell_key(team.n3) == key
    do_chores(officer_desk(keys))
    assert officer_desk(keys).keyring.cell_key(team.n3).epoch == 2
    grant_key(officer_desk(team.haneul), cell=team.n2, officer=narae)


def test_what_they_had_signed_half_lapses_and_what_others_signed_stays(team):
    extra, keys = enrol_officer(officer_desk(team.haneul), code_name=CodeName(9), password="an invented one", roles=[])
    half = ask_for_removal(officer_desk(team.dasom), officer=extra, chance_percent=1)
    other = ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=1)
    remove(team, team.dasom, second=keys)
    assert Request.objects.get(id=half).state is RequestState.LAPSED
    assert Request.objects.get(id=other).state is RequestState.OPEN


def refused(act) -> str:
    with pytest.raises(Refused) as seen:
        act()
    return seen.value.code


def test_nobody_removes_themselves_or_somebody_who_is_gone(team):
    ask = lambda who: refused(lambda: ask_for_removal(officer_desk(team.haneul), officer=who, chance_percent=1))  # noqa: E731
    assert ask(team.haneul.officer) == "vault.not_yourself"
    assert ask(5) == "vault.officer_gone"


@pytest.mark.parametrize("chance", [-1, 101])
def test_a_chance_is_a_percentage(team, chance):
    desk = officer_desk(team.haneul)
    assert (
        refused(lambda: ask_for_removal(desk, officer=team.boram.officer, chance_percent=chance))
        == "house.input_refused"
    )


def test_the_last_safety_officer_stays_also_when_it_comes_about_after_the_signing(team):
    request = agreed(team, team.dasom, second=team.boram)
    OfficerRole.objects.filter(officer=team.haneul.officer, role=Role.SAFETY).delete()
    assert refused(lambda: remove_officer(officer_desk(team.haneul), request=request)) == "vault.last_safety"
    assert Officer.objects.get(id=team.dasom.officer).state is OfficerState.ACTIVE


def test_with_every_safety_officer_suspended_a_treasurer_can_be_removed_and_the_last_of_them_cannot(team):
    second = [
        enrol_officer(
            officer_desk(team.haneul), code_name=CodeName(60 + n), password="invented", roles=[Role.COORDINATOR]
        )
        for n in range(2)
    ]
    OfficerRole.objects.filter(officer=team.haneul.officer, role=Role.SAFETY).delete()
    suspend_officer(officer_desk(team.haneul), officer=team.dasom.officer)
    ask = lambda: ask_for_removal(officer_desk(team.haneul), officer=team.dasom.officer, chance_percent=1)  # noqa: E731
    assert refused(ask) == "vault.last_safety"
    remove(team, team.boram, second=second[0][1])
    assert Officer.objects.get(id=team.boram.officer).state is OfficerState.REMOVED


def test_of_two_removals_at_once_the_second_leaves_the_last_safety_officer(team):
    """Each was still allowed as it was looked at first, and only one of them when it was written."""
    keys = [
        enrol_officer(
            officer_desk(team.haneul), code_name=CodeName(60 + n), password="invented", roles=[Role.COORDINATOR]
        )
        for n in range(2)
    ]
    (_, first), (_, second) = keys
    of_haneul = agreed(team, team.haneul, by=first, second=second)
    of_dasom = agreed(team, team.dasom, by=second, second=first)
    taken = taken_over(officer_desk(second), team.dasom.officer)
    remove_officer(officer_desk(first), request=of_haneul)
    late = lambda: keep_removal(  # noqa: E731
        officer_desk(second), request=of_dasom, officer=team.dasom.officer, turns=(), taken=taken
    )
    assert refused(late) == "vault.last_safety"
    assert queries.safety_officers() == [team.dasom.officer]


def test_the_last_opener_stays(team):
    give_role(officer_desk(team.haneul), officer=team.boram.officer, role=Role.OPENER)
    ask = lambda: ask_for_removal(officer_desk(team.haneul), officer=team.boram.officer, chance_percent=1)  # noqa: E731
    assert refused(ask) == "vault.last_opener"
    give_role(officer_desk(team.haneul), officer=team.dasom.officer, role=Role.OPENER)
    ask()


def test_a_suspended_officer_can_be_removed(team):
    suspend_officer(officer_desk(team.haneul), officer=team.boram.officer)
    enrol_officer(officer_desk(team.haneul), code_name=CodeName(9), password="an invented one", roles=[])
    remove(team, team.boram)
    assert Officer.objects.get(id=team.boram.officer).state is OfficerState.REMOVED


# An opener ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def openers(team):
    """Dasom and Boram open the house with their own passwords."""
    for who, password in ((team.dasom, "dasom's"), (team.boram, "boram's")):
        give_role(officer_desk(team.haneul), officer=who.officer, role=Role.OPENER)
        assert make_own_slot(officer_desk(who), password)
        assert header.unseal(team.home, password).keys == who
    return team


def test_the_house_of_a_removed_opener_has_new_keys_and_old_words_open_nothing(openers, facts):
    team = openers
    before = header.unseal(team.home, "boram's").ring
    assert remove(team, team.boram).opener
    assert [each.id for each in overview(officer_desk(team.haneul)).slots_left] == [team.boram.officer]
    facts()
    turn_house_keys(officer_desk(team.haneul), officer=team.boram.officer, words=NEW_WORDS)
    assert facts() == ["vault.slot_removed", "vault.keys_rotated"]
    for old in ("boram's", "dasom's", "words of the team"):
        with pytest.raises(Refused, match=r"vault\.wrong_passphrase"):
            header.unseal(team.home, old)
    after = header.unseal(team.home, NEW_WORDS).ring
    assert not {getattr(after, name) for name in ("db", "sys", "lines", "cards", "transit", "audit", "root")} & {
        getattr(before, name) for name in ("db", "sys", "lines", "cards", "transit", "audit", "root")
    }
    seen = overview(officer_desk(team.haneul))
    assert (seen.slots_left, seen.turned, seen.openers) == ((), True, 0)
    assert runs_on_old_keys()


def test_one_manager_alone_draws_no_new_keys_about_an_officer_who_was_not_removed(openers):
    """Nor twice, nor about somebody who never opened the house; and nobody is left outside by the trying."""
    team = openers
    haneul = signed_in(HANEUL.ko, "haneul's")
    for who, change in ((team.boram, OfficerState.ACTIVE), (team.dasom, OfficerState.SUSPENDED)):
        Officer.objects.filter(id=who.officer).update(state=change)
        answer = haneul.post(team.url(who, "turn/"), {"words": NEW_WORDS, "again": NEW_WORDS})
        assert answer.status_code == 409
    assert refused(turning(team, team.boram)) == refused(turning(team, team.haneul)) == "vault.nothing_to_turn"
    assert refused(lambda: header.unseal(team.home, NEW_WORDS)) == "vault.wrong_passphrase"
    for password, who in (("boram's", team.boram), ("dasom's", team.dasom)):
        assert header.unseal(team.home, password).keys == who
    Officer.objects.filter(id=team.dasom.officer).update(state=OfficerState.ACTIVE)
    remove(team, team.boram)
    turning(team, team.boram)()
    assert refused(turning(team, team.boram)) == "vault.nothing_to_turn"


def turning(team, officer, by=None):
    return lambda: turn_house_keys(officer_desk(by or team.haneul), officer=officer.officer, words=NEW_WORDS)


def test_about_who_was_removed_and_never_opened_the_house_no_keys_are_drawn(team):
    remove(team, team.boram)
    assert refused(turning(team, team.boram)) == "vault.nothing_to_turn"
    assert header.unseal(team.home, "words of the team")


def carried_out(team, client, request, **typed):
    where = f"/vault/requests/{ids.text('t', request)}/"
    words = {"words": NEW_WORDS, "again": NEW_WORDS}
    return where, client.get(where).content.decode(), client.post(f"{where}carry-out/", {**words, **typed})


def test_of_who_may_know_the_passphrase_only_an_opener_draws_new_keys_with_the_removal(team):
    request = agreed(team, team.boram)
    haneul = signed_in(HANEUL.ko, "haneul's")
    _, shown, answer = carried_out(team, haneul, request, turn="on")
    assert 'name="turn"' not in shown
    assert (answer.status_code, boram(team).state) == (409, OfficerState.ACTIVE)
    give_role(officer_desk(team.dasom), officer=team.haneul.officer, role=Role.OPENER)
    _, shown, answer = carried_out(team, haneul, request, turn="on")
    assert 'name="turn"' in shown
    assert (answer.status_code, boram(team).state) == (200, OfficerState.REMOVED)
    assert header.unseal(team.home, NEW_WORDS)


def boram(team) -> Officer:
    return Officer.objects.get(id=team.boram.officer)


def test_who_became_an_opener_while_the_page_was_open_leaves_no_old_keys_unsaid(team, monkeypatch):
    """The page was looked at before the role was given: what the removal found in the rows decides."""
    give_role(officer_desk(team.haneul), officer=team.dasom.officer, role=Role.OPENER)
    request, checked = agreed(team, team.boram), removal.remove_officer

    def meanwhile(desk, *, request):
        give_role(officer_desk(team.dasom), officer=team.boram.officer, role=Role.OPENER)
        return checked(desk, request=request)

    monkeypatch.setattr(removal, "remove_officer", meanwhile)
    haneul = signed_in(HANEUL.ko, "haneul's")
    where = f"/vault/requests/{ids.text('t', request)}/carry-out/"
    answer = haneul.post(where)
    assert (answer.status_code, boram(team).state) == (409, OfficerState.REMOVED)
    assert f"{team.url(team.boram)}turn/" in answer.content.decode()
    assert [each.id for each in overview(officer_desk(team.haneul)).slots_left] == [team.boram.officer]


def test_the_keys_of_the_house_are_new_before_the_chores_begin(openers, monkeypatch):
    team, seen = openers, []
    monkeypatch.setattr(pages, "do_chores", lambda desk: seen.append(runs_on_old_keys()))
    _, _, answer = carried_out(team, signed_in(HANEUL.ko, "haneul's"), agreed(team, team.boram))
    assert (answer.status_code, seen) == (200, [True])


def test_other_openers_have_their_way_in_again_at_their_next_sign_in(openers):
    team = openers
    remove(team, team.boram)
    turn_house_keys(officer_desk(team.haneul), officer=team.boram.officer, words=NEW_WORDS)
    assert Officer.objects.get(id=team.dasom.officer).slot is None


def test_an_opener_who_draws_the_keys_keeps_the_own_way_in(openers):
    team = openers
    give_role(officer_desk(team.dasom), officer=team.haneul.officer, role=Role.OPENER)
    remove(team, team.boram)
    turn_house_keys(officer_desk(team.haneul), officer=team.boram.officer, words=NEW_WORDS, password="haneul's")
    assert header.unseal(team.home, "haneul's").keys == team.haneul
    assert header.ways_in(team.home).openers == {Officer.objects.get(id=team.haneul.officer).slot}


def test_from_the_page_the_new_words_are_shown_first_typed_back_and_the_house_closes(openers):
    team, closed = openers, []
    where = f"/vault/requests/{ids.text('t', agreed(team, team.boram))}/"
    haneul = signed_in(HANEUL.ko, "haneul's")
    assert 'name="again"' in haneul.get(where).content.decode()
    with override_settings(OJAK_SEAL=lambda: closed.append(True)):
        slip = haneul.post(f"{where}carry-out/", {"words": NEW_WORDS, "again": "six other words"})
        assert (slip.status_code, closed) == (409, [])
        assert Officer.objects.get(id=team.boram.officer).state is OfficerState.ACTIVE
        assert NEW_WORDS in slip.content.decode()
        done = haneul.post(f"{where}carry-out/", {"words": NEW_WORDS, "again": f" {NEW_WORDS} "})
    assert (done.status_code, closed) == (200, [True])
    assert header.unseal(team.home, NEW_WORDS)


def test_a_slip_in_ones_own_password_is_told_before_anything_is_done(openers):
    team = openers
    where = f"/vault/requests/{ids.text('t', agreed(team, team.boram))}/carry-out/"
    typed = {"words": NEW_WORDS, "again": NEW_WORDS, "own_password": "another"}
    assert signed_in(HANEUL.ko, "haneul's").post(where, typed).status_code == 409
    assert Officer.objects.get(id=team.boram.officer).state is OfficerState.ACTIVE
    assert header.unseal(team.home, "boram's").keys == team.boram


def test_a_crash_before_the_keys_were_drawn_is_put_right_from_the_officers_page(openers):
    team = openers
    remove(team, team.boram)
    haneul = signed_in(HANEUL.ko, "haneul's")
    assert team.url(team.boram) in haneul.get("/vault/").content.decode()
    assert f"{team.url(team.boram)}turn/" in haneul.get(team.url(team.boram)).content.decode()
    done = haneul.post(team.url(team.boram, "turn/"), {"words": NEW_WORDS, "again": NEW_WORDS})
    assert done.status_code == 200
    assert header.unseal(team.home, NEW_WORDS)
    assert "turn/" not in haneul.get(team.url(team.boram)).content.decode()
