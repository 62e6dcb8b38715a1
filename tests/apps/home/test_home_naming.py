"""The pages of the vault say whom an id means, to who may see it, and say what was done."""

import re

from django.test import Client
from lxml import html

from ojakgyo.apps.people.actions import keep_name
from ojakgyo.apps.people.values import RealName
from ojakgyo.apps.vault.actions import enrol_officer
from ojakgyo.apps.vault.actions.officers import suspend_officer
from ojakgyo.apps.vault.actions.requests import make_request
from ojakgyo.domain.facts import RequestKind
from ojakgyo.domain.names.codename import CodeName
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.roles import OfficerRole


def seated(officer, password=None):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": password or f"of {officer}"})
    client.post("/language/", {"language": "en", "next": "/now/"})
    return client


def read(client, address):
    return re.sub(r"\s+", " ", html.fromstring(client.get(address).content).xpath("//main")[0].text_content())


def test_the_audit_names_officers_always_and_persons_to_who_holds_their_cell(night):
    yeoul, boram = (ids.text("p", night.person("Yeoul")), ids.text("o", night.officer("Boram")))
    keep_name(
        night.desk("Haneul"), person=night.person("Yeoul"), cell=night.ids.cells["N-2"], name=RealName("x", (), "")
    )
    suspend_officer(night.desk("Haneul"), officer=night.officer("Boram"))
    auditor = CodeName(60, 7)
    enrol_officer(night.desk("Haneul"), code_name=auditor, password="of somebody new", roles=[OfficerRole.AUDITOR])

    holds, does_not = (
        read(seated("Haneul"), "/vault/audit/"),
        read(seated(auditor.en, "of somebody new"), "/vault/audit/"),
    )

    assert f"Yeoul {yeoul}" in holds and f"Boram {boram}" in holds
    assert yeoul in does_not and f"Yeoul {yeoul}" not in does_not, "a person of another cell stays an id"
    assert f"Boram {boram}" in does_not


def test_a_request_names_whom_it_concerns_to_who_may_see_it(night):
    make_request(night.desk("Haneul"), kind=RequestKind.FORGET_PERSON, about=night.person("Yeoul"))
    assert "Forget the name of Yeoul for good" in read(seated("Boram"), "/vault/requests/")
    assert "Forget a person’s name for good" in read(seated("Narae"), "/vault/requests/")


def test_what_was_done_about_keys_officers_and_requests_is_said_on_the_page(night):
    haneul, cell = seated("Haneul"), f"/vault/cells/{ids.text('c', night.ids.cells['N-2'])}/"
    dasom = ids.text("o", night.officer("Dasom"))
    request = make_request(night.desk("Haneul"), kind=RequestKind.EXPORT_AUDIT)
    for address, sent, words in (
        (f"{cell}grant/", {"officer": dasom}, "The key was granted."),
        (f"{cell}withdraw/", {"officer": dasom}, "The key was withdrawn."),
        (f"{cell}epoch/", {}, "A new epoch has begun."),
        (f"/vault/officers/{dasom}/suspend/", {}, "The officer is suspended."),
        (f"/vault/officers/{dasom}/resume/", {}, "The suspension is over."),
        (f"/vault/requests/{ids.text('t', request)}/withdraw/", {}, "The request was taken back."),
    ):
        answer = haneul.post(address, sent)
        assert answer.status_code == 302, address
        assert words in read(haneul, answer["Location"])
    assert haneul.post(f"{cell}grant/", {"officer": ids.text("o", 7)}).status_code == 409
    assert "was" not in read(haneul, f"{cell}?done=anything").partition("Who holds the key")[0]


def test_what_cannot_be_undone_is_asked_about_before_it_is_done(night):
    """The password stands for five minutes; within them one click must not be enough."""
    haneul = seated("Haneul")
    cell = f"/vault/cells/{ids.text('c', night.ids.cells['N-2'])}/"
    mine = make_request(night.desk("Haneul"), kind=RequestKind.EXPORT_AUDIT)
    for address in (cell, f"/vault/requests/{ids.text('t', mine)}/"):
        page = html.fromstring(haneul.get(address).content)
        forms = page.xpath("//form[contains(@action, '/withdraw/')]")
        assert forms and all(form.xpath("ancestor::details[not(@open)]") for form in forms)
