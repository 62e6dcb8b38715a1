"""Who did what: whom the page shows it to, what it leaves out, whether the chain is whole, and the export that takes two."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from lxml import html
from world import duress, night, night_kept, well

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.chronicle.models import Entry, Head
from ojakgyo.apps.vault import header, queries, ways
from ojakgyo.apps.vault.actions.audit import accept_loss, export_audit
from ojakgyo.apps.vault.actions.requests import approve_request, make_request
from ojakgyo.apps.vault.desks import command_desk
from ojakgyo.apps.vault.queries.audit import Look, exported, verified
from ojakgyo.apps.vault.queries.audit import audit as audit_page
from ojakgyo.apps.vault.showing import AREAS, FOLLOWING, GUARDED, OPEN, Reader
from ojakgyo.domain import facts as kinds
from ojakgyo.domain.errors import Damaged, Refused
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.sealing import chain
from ojakgyo.domain.values import ids, instants
from ojakgyo.domain.values.actors import ActorKind
from ojakgyo.domain.values.ids import Seq
from ojakgyo.domain.values.instants import DAY_MS, Instant
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.runner.anchoring import anchor_if_due
from ojakgyo.store import keyholder
from ojakgyo.web.deeds import DEEDS

__all__ = ["night", "night_kept"]


def kinds_on(page):
    return [line.kind for line in page.lines]


def seated(name):
    client = Client(headers={"host": "127.0.0.1"})
    assert client.post("/enter/", {"code_name": name, "password": f"of {name}"}).status_code == 302
    return client


# What is shown, and to whom ------------------------------------------------------------------------------------------


def test_every_kind_of_fact_has_its_words_and_its_area():
    assert set(DEEDS) == {kind for kind, _ in kinds.KINDS}
    assert {kind.partition(".")[0] for kind in DEEDS} == set(AREAS) == {*OPEN, *GUARDED}


def test_the_page_is_for_auditors_coordinators_and_safety(night):
    assert seated("Haneul").get("/vault/audit/").status_code == 200
    assert seated("Dasom").get("/vault/audit/").status_code == 200
    refused = seated("Boram").get("/vault/audit/")
    assert refused.status_code == 409
    assert "Haneul" not in html.fromstring(refused.content).find(".//main").text_content()


def test_for_who_is_not_safety_a_text_under_duress_and_a_text_of_well_leave_the_same_page(night, monkeypatch):
    monkeypatch.setattr(queries, "roles", lambda desk: frozenset({OfficerRole.AUDITOR}))

    def seen(what):
        before = {line.seq for line in audit_page(night.desk("Boram"), look=Look(everything=True)).lines}
        night.hears("Beodeul", what)
        return [
            line for line in audit_page(night.desk("Boram"), look=Look(everything=True)).lines if line.seq not in before
        ]

    assert seen(well) == []
    night.goes_on(hours=1)
    assert seen(duress) == []


def test_for_who_is_not_safety_guarded_areas_show_what_officers_did_without_whom_it_was_about(night, monkeypatch):
    night.is_told("Yeoul", kinds.ReportKind.TAKEN_AWAY)
    monkeypatch.setattr(queries, "roles", lambda desk: frozenset({OfficerRole.AUDITOR}))
    (line,) = audit_page(night.desk("Boram"), look=Look(area="watch")).lines
    assert (line.kind, line.by.en, line.ids) == ("watch.report_heard", "Haneul", ())


def test_a_safety_officer_sees_whom_an_officers_act_was_about_but_of_no_weighing(night):
    night.is_told("Yeoul", kinds.ReportKind.TAKEN_AWAY)
    lines = audit_page(night.desk("Dasom"), look=Look(everything=True, area="watch")).lines
    assert {line.ids for line in lines if line.by} == {(ids.text("p", night.person("Yeoul")),)}
    assert {line.kind for line in lines if not line.by} >= {"watch.signal_weighed"}
    assert all(line.ids == () for line in lines if not line.by)


def test_no_field_but_an_id_is_ever_shown():
    fields = {"person": ids.text("p", 7), "reason": "danger", "count": 3, "nobody": None, "odd": "p_short"}
    for kind, _ in kinds.KINDS:
        shown = Reader(safety=True).ids_of(kind, fields, actor=ActorKind.OFFICER)
        assert shown == (() if kind in FOLLOWING else (ids.text("p", 7),)), kind


def test_it_is_looked_for_by_officer_area_and_day(night):
    haneul, desk = night.officer("Haneul"), night.desk("Haneul")
    every = audit_page(desk, look=Look(everything=True)).facts
    by_her = audit_page(desk, look=Look(officer=haneul))
    assert {line.by.en for line in by_her.lines} == {"Haneul"}
    assert {kind.partition(".")[0] for kind in kinds_on(audit_page(desk, look=Look(area="network")))} == {"network"}
    today = instants.aware(night.now).date()
    assert audit_page(desk, look=Look(day=today)).lines
    assert audit_page(desk, look=Look(day=instants.aware(Instant(night.now - 9 * DAY_MS)).date())).lines == ()
    assert every == Head.objects.get().seq


def test_at_first_it_shows_what_somebody_did_and_nothing_that_the_house_did_by_itself(night):
    desk = night.desk("Haneul")
    found = {line.actor for line in audit_page(desk, look=Look()).lines}
    assert found and found.isdisjoint({ActorKind.HOUSE, ActorKind.CHANNEL})
    assert ActorKind.HOUSE in {line.actor for line in audit_page(desk, look=Look(everything=True, area="watch")).lines}


def test_every_fact_is_found_once_page_after_page_newest_first(night):
    desk, seen, before = night.desk("Haneul"), [], None
    while True:
        page = audit_page(desk, look=Look(everything=True, before=before))
        seen += [line.seq for line in page.lines]
        if page.older is None:
            break
        before = page.older
    assert seen == list(range(Head.objects.get().seq, 0, -1))


def test_what_is_typed_into_the_address_breaks_nothing(night):
    client = seated("Haneul")
    for query in ("officer=p_x", "officer=o_0000000000000", "area=money", "day=yesterday", "before=-1", "before=x"):
        assert client.get(f"/vault/audit/?{query}").status_code == 200


# Whether it is whole -------------------------------------------------------------------------------------------------


def unguarded(statement, *values):
    """What somebody with the database's key could do beside the program."""
    with connection.cursor() as cursor:
        for trigger in ("entry_stays", "entry_is_kept"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        cursor.execute(statement, values)


def rewritten(night):
    """The last ten facts told anew, with digests that fit each other, but not the head."""
    rows = list(Entry.objects.order_by("seq"))
    before = rows[-11].hash
    for row in rows[-10:]:
        inner = chain.inner(bytes(16), b"{}")
        before = chain.link(row.seq, row.kind, row.v, row.actor, row.recorded_ms, inner, before)
        unguarded(
            "UPDATE chronicle_entry SET salt = %s, body = %s, inner = %s, hash = %s WHERE seq = %s",
            *(bytes(16), b"{}", inner, before, row.seq),
        )
    return before


INSERTED = """INSERT INTO chronicle_entry (seq, kind, v, actor, recorded_ms, salt, body, inner, hash)
SELECT (SELECT max(seq) + 1 FROM chronicle_entry), kind, v, actor, recorded_ms, salt, body, inner, hash
FROM chronicle_entry WHERE seq = 12"""
HARM = {
    "one is taken out": "DELETE FROM chronicle_entry WHERE seq = 12",
    "the first is taken out": "DELETE FROM chronicle_entry WHERE seq = 1",
    "the last ones are cut off": "DELETE FROM chronicle_entry WHERE seq > (SELECT max(seq) - 3 FROM chronicle_entry)",
    "one is put in": INSERTED,
    "another actor": "UPDATE chronicle_entry SET actor = 'officer:1' WHERE seq = 12",
    "another time": "UPDATE chronicle_entry SET recorded_ms = recorded_ms + 1 WHERE seq = 12",
    "another kind": "UPDATE chronicle_entry SET kind = 'vault.sealed' WHERE seq = 12",
    "another body": "UPDATE chronicle_entry SET body = x'7b7d' WHERE seq = 12",
    "a text for a body": "UPDATE chronicle_entry SET body = '{}' WHERE seq = 12",
    "a text for a digest": "UPDATE chronicle_entry SET inner = 'x' WHERE seq = 12",
    "a text for a version": "UPDATE chronicle_entry SET v = 'x' WHERE seq = 12",
    "another digest": "UPDATE chronicle_entry SET hash = zeroblob(32) WHERE seq = 12",
    "another head": "UPDATE chronicle_head SET hash = zeroblob(32)",
    "a body without its salt": "UPDATE chronicle_entry SET salt = NULL WHERE seq = 12",
}


@pytest.mark.parametrize("harm", HARM)
def test_whatever_is_changed_in_the_chronicle_is_found(night, harm):
    assert verified().code is None
    unguarded(HARM[harm])
    assert verified().code == "chronicle.damaged"
    with pytest.raises(Damaged, match=r"chronicle\.damaged"):
        audit.verify()


def test_the_first_wrong_fact_is_named(night):
    unguarded("UPDATE chronicle_entry SET actor = 'officer:1' WHERE seq = 12")
    assert verified().first_wrong == 12


def test_an_end_told_anew_is_found_by_the_head_and_with_the_head_by_the_anchor(night):
    ways.keep_anchor(keyholder.ring(), night.now)
    before = rewritten(night)
    assert verified().code == "chronicle.damaged"
    unguarded("UPDATE chronicle_head SET hash = %s", before)
    assert audit.verify() == Head.objects.get().seq
    assert verified().code == "vault.rolled_back"


def test_a_database_from_before_the_anchor_is_found_when_the_vault_is_opened(night, database):
    earlier = audit.head()
    night.hears("Beodeul", well)
    ways.keep_anchor(keyholder.ring(), night.now)
    assert ways.check(keyholder.ring()) is None
    unguarded("DELETE FROM chronicle_entry WHERE seq > %s", earlier[0])
    unguarded("UPDATE chronicle_head SET seq = %s, hash = %s", *earlier)
    assert audit.verify() == earlier[0]
    with pytest.raises(Damaged, match=r"vault\.rolled_back"):
        ways.check(keyholder.ring())


def test_after_a_loss_was_accepted_the_chronicle_goes_on_and_says_so(night):
    lost = Seq(audit.head()[0] + 40)
    found = accept_loss(command_desk(), anchored=lost)
    ways.keep_anchor(keyholder.ring(), night.now)
    assert ways.check(keyholder.ring()) is None
    (said,) = audit.every(kinds.LossAccepted)
    assert (said.anchored, said.found) == (lost, found)


def test_an_anchor_is_set_once_an_hour_and_only_if_something_happened(night):
    desk = night.desk("Haneul")
    assert anchor_if_due(desk)
    night.hears("Beodeul", well)
    assert not anchor_if_due(night.desk("Haneul"))
    night.goes_on(hours=1)
    assert anchor_if_due(night.desk("Haneul"))
    night.clock.at(night.now + DAY_MS)
    assert not anchor_if_due(night.desk("Haneul"))
    anchor = header.ways_in(settings.HOME).anchor
    assert (anchor.seq, anchor.head) == audit.head()


def test_the_page_verifies_by_a_post_that_writes_nothing(night):
    client = seated("Haneul")
    before = audit.head()
    whole = html.fromstring(client.post("/vault/audit/verify/").content)
    assert whole.xpath("//p[contains(@class, 'noted') and @role = 'status']")
    assert client.get("/vault/audit/verify/").status_code == 405
    assert audit.head() == before
    unguarded("UPDATE chronicle_entry SET actor = 'officer:1' WHERE seq = 12")
    broken = client.post("/vault/audit/verify/")
    assert html.fromstring(broken.content).xpath("//p[contains(@class, 'wrong') and @role = 'alert']")


# The export ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed(night):
    """A request that two have signed."""
    request = make_request(night.desk("Haneul"), kind=RequestKind.EXPORT_AUDIT)
    approve_request(night.desk("Dasom"), request=request)
    return request


def test_nobody_exports_alone(night):
    request = make_request(night.desk("Haneul"), kind=RequestKind.EXPORT_AUDIT)
    before = audit.head()
    with pytest.raises(Refused, match=r"vault\.second_hand"):
        export_audit(night.desk("Haneul"), request=request)
    assert audit.head() == before


def test_an_export_is_made_once_for_what_two_have_signed_and_is_written_down(night, signed):
    last = export_audit(night.desk("Haneul"), request=signed)
    (said,) = audit.every(kinds.AuditExported)
    assert (said.first, said.last) == (1, last)
    with pytest.raises(Refused, match=r"vault\.request_lapsed"):
        export_audit(night.desk("Haneul"), request=signed)


def test_an_export_holds_what_the_page_shows_and_no_more(night):
    night.is_under_duress()
    desk, last = night.desk("Haneul"), audit.head()[0]
    lines = list(exported(desk, until=last))
    assert [line["seq"] for line in lines] == list(range(1, last + 1))
    assert all(set(line) == {"seq", "at", "kind", "actor", "by", "ids"} for line in lines)
    assert "duress" not in json.dumps(lines)


def test_who_may_not_read_the_audit_exports_nothing_even_with_two_hands(night, signed):
    with pytest.raises(Refused, match=r"vault\.role_wanted"):
        export_audit(night.desk("Boram"), request=signed)


def test_over_the_page_the_file_is_json_lines_named_by_numbers(night, signed):
    client = seated("Haneul")
    page = client.get("/vault/audit/")
    assert ids.text("t", signed) in page.content.decode()
    made = client.post("/vault/audit/export/", {"request": ids.text("t", signed), "password_again": "of Haneul"})
    assert made.status_code == 200
    assert made.headers["Content-Disposition"].startswith('attachment; filename="audit-1-')
    lines = [json.loads(line) for line in made.content.decode().splitlines()]
    assert lines[0]["seq"] == 1
    assert client.post("/vault/audit/export/", {"request": ids.text("t", signed)}).status_code == 422
    assert client.post("/vault/audit/export/", {"request": "nonsense"}).status_code == 422
