"""Exposure around one person: for safety with the key, the same whoever is under suspicion, and nothing is kept."""

import re

import pytest
from django.test import Client
from lxml import html
from world import duress, told, well

from ojakgyo.apps.chronicle.models import Entry
from ojakgyo.apps.network.actions import record_link
from ojakgyo.apps.vault.drawers import FORMS
from ojakgyo.apps.watch.rings import queries
from ojakgyo.apps.watch.rings.values import Ring
from ojakgyo.domain import facts
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.exposure.planned import PlannedAct
from ojakgyo.domain.facts import LinkKind, ReportKind
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS


def seated(officer, language="en"):
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    client.post("/language/", {"language": language, "next": "/now/"})
    return client


def address(night, name):
    return f"/network/{ids.text('p', night.person(name))}/"


def around(night, name, officer="Haneul", risk=5):
    return queries.rings(night.desk(officer), person=night.person(name), risk=risk)


def called(page):
    return [each.code_name.en for each in page.named]


def body(answer):
    """What is shown, without the token each form carries."""
    assert answer.status_code == 200
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


def said(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.content).xpath("//main")[0].text_content())


def meets_foreign(night):
    """Galmae-3 of C-1 met Beodeul of N-2, behind whom stand Yeoul and Haebaragi."""
    meets(night, night.person("Galmae-3"), night.person("Beodeul"))


def meets(night, one, other):
    """Yesterday, in the same room for long."""
    day = night.now - DAY_MS
    record_link(night.desk("Haneul"), kind=LinkKind.HOUSED, knower=one, known=other, mutual=True, first=day, last=day)


def test_whom_a_phone_endangers_stands_on_the_rings_and_in_the_table(night):
    page = around(night, "Beodeul")
    assert called(page) == ["Yeoul", "Haebaragi"]
    yeoul, haebaragi = page.named
    assert yeoul.link is LinkKind.CALLED and yeoul.direct and yeoul.cell == "N-2" and yeoul.ring is Ring.HOURS
    assert [each.en for each in haebaragi.through] == ["Yeoul"] and not haebaragi.direct and haebaragi.cell == "C-2"
    assert yeoul.deadline < haebaragi.deadline and yeoul.chance > haebaragi.chance > queries.LEAST
    assert page.others.mean == pytest.approx(yeoul.chance + haebaragi.chance) and 0 < page.others.off < 0.05
    assert (page.more, page.unnamed) == (0, 0)


def test_nobody_is_told_through_who_would_be_found_within_hours(night):
    """Yeoul's relay is Haebaragi, whom the danger reaches later; of Haebaragi no way is agreed."""
    yeoul, haebaragi = around(night, "Beodeul").named
    assert yeoul.way.through.en == "Haebaragi" and haebaragi.way is None
    meets_foreign(night)
    relayed = next(each for each in around(night, "Galmae-3").named if each.code_name.en == "Yeoul")
    assert relayed.way.through.en == "Haebaragi"


def test_more_risk_moves_nobody_nearer(night):
    order = list(Ring)
    rings = [[order.index(each.ring) for each in around(night, "Beodeul", risk=risk).named] for risk in (2, 5, 10, 20)]
    assert rings == sorted(rings) and rings[0] != rings[-1]


def test_the_page_is_the_same_before_and_after_a_sign_of_duress(night):
    """The rings ask what would follow, never what is believed: every byte stays, in both languages."""
    clients = [seated("Haneul", language) for language in ("en", "ko")]
    pages = [address(night, name) for name in ("Beodeul", "Yeoul", "Noeul")]
    before = [body(client.get(page)) for client in clients for page in pages]
    night.hears("Beodeul", duress)
    assert "Yeoul" in night.warned()
    assert [body(client.get(page)) for client in clients for page in pages] == before


def test_a_planned_act_is_answered_the_same_before_and_after_a_report(night):
    ask = {"act": "meeting", "other": "Seori-5"}
    client, page = seated("Haneul"), f"{address(night, 'Beodeul')}planned/"
    before = body(client.post(page, ask))
    night.is_told("Beodeul", ReportKind.TAKEN_AWAY)
    assert body(client.post(page, ask)) == before


def test_looking_and_planning_write_nothing_at_all(night):
    client, facts_then = seated("Haneul"), Entry.objects.count()
    answer = client.post(f"{address(night, 'Beodeul')}planned/", {"act": "stay", "other": "Seori-5"})
    assert answer.status_code == 200 and "Seori-5" in said(answer)
    client.get(address(night, "Beodeul"))
    client.post("/network/", {"who": "Beodeul"})
    assert Entry.objects.count() == facts_then
    page = html.fromstring(answer.content)
    assert not page.xpath("//main//*[@data-draft]") and "planned" not in FORMS
    assert answer.headers["Cache-Control"] == "no-store"
    assert not told(facts.LinkRecorded)[5:]


@pytest.mark.parametrize("act", PlannedAct)
def test_an_act_endangers_more_and_says_whom(night, act):
    found = queries.what_if(
        night.desk("Haneul"), person=night.person("Beodeul"), act=act, other=night.person("Seori-5")
    )
    beodeul, seori = found.both
    assert seori.before.mean == 0.0 and found.other.en == "Seori-5"
    assert beodeul.more.mean >= 0 and seori.more.mean >= 0 and beodeul.more.mean + seori.more.mean > 0.05
    assert beodeul.more.off < 0.1
    newly = {name.en for name, _ in beodeul.nearer} | {name.en for name, _ in seori.nearer}
    assert newly & {"Seori-5", "Beodeul"}
    if act is PlannedAct.CALL:
        assert seori.nearer and not beodeul.nearer, "the phone that is called keeps the number"
    if act is PlannedAct.CALLED_BY:
        assert beodeul.nearer and not seori.nearer


def test_a_plan_that_lies_ahead_is_compared_with_that_day(night):
    """By then the old links have faded; the new one is as fresh as it would be today."""
    desk, ask = night.desk("Haneul"), {"person": night.person("Beodeul"), "act": PlannedAct.MEETING}
    today = queries.what_if(desk, **ask, other=night.person("Seori-5")).both[0]
    ahead = queries.what_if(desk, **ask, other=night.person("Seori-5"), when=night.now + 60 * DAY_MS).both[0]
    assert ahead.before.mean < 0.8 * today.before.mean
    assert ahead.more.mean == pytest.approx(today.more.mean, rel=0.3)


def test_only_safety_with_the_key_sees_rings(night):
    with pytest.raises(Refused, match=r"watch\.exposure_safety"):
        around(night, "Beodeul", "Boram")
    with pytest.raises(NotHeld):
        around(night, "Beodeul", "Dasom")
    with pytest.raises((Refused, NotHeld)):
        queries.rings(night.keyless("Haneul"), person=night.person("Beodeul"), risk=5)
    assert called(around(night, "Galmae-3", "Dasom")) == ["Durumi"]
    boram, dasom = seated("Boram"), seated("Dasom")
    assert [boram.get(each).status_code for each in ("/network/", address(night, "Beodeul"))] == [409, 409]
    assert "/network/" not in boram.get("/now/").content.decode().partition("<main")[0]
    assert dasom.get(address(night, "Beodeul")).status_code == 403
    assert dasom.post("/network/", {"who": "Beodeul"}).status_code == 422


def test_behind_a_cell_that_is_not_held_people_are_counted_and_not_named(night):
    """Dasom holds C-1: whom Galmae-3 met is named as on the cell's page, who stands behind that one is not."""
    meets_foreign(night)
    whole, own = around(night, "Galmae-3"), around(night, "Galmae-3", "Dasom")
    assert {"Durumi", "Beodeul", "Yeoul"} <= set(called(whole)) and not whole.unnamed
    assert set(called(own)) == {"Durumi", "Beodeul"}
    assert own.unnamed == len(whole.named) - 2 and own.others == whole.others
    beodeul = next(each for each in own.named if each.code_name.en == "Beodeul")
    assert beodeul.way is None and not beodeul.known and beodeul.cell == "N-2"
    shown = said(seated("Dasom").get(address(night, "Galmae-3")))
    assert "Yeoul" not in shown and "Haebaragi" not in shown and "behind people of cells you do not hold" in shown


def test_a_plan_with_somebody_of_a_cell_that_is_not_held_is_refused(night):
    """It would tell who stands around them."""
    answer = seated("Dasom").post(f"{address(night, 'Galmae-3')}planned/", {"act": "meeting", "other": "Yeoul"})
    assert answer.status_code == 422 and "You hold no key to this cell." in said(answer)
    assert not html.fromstring(answer.content).xpath("//*[@id='answer']")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"act": "meeting", "other": ""}, "Something is missing here."),
        ({"act": "meeting", "other": "Beodeul"}, "A planned act takes two people."),
        ({"act": "meeting", "other": "Bakkat-9"}, "Nobody has this code name."),
        ({"act": "meeting", "other": "Yeoul", "when": "2026-11-01"}, "A plan lies within the next 90 days."),
        ({"act": "meeting", "other": "Yeoul", "when": "soon"}, "The form is not complete."),
        ({"act": "wedding", "other": "Yeoul"}, "The form is not complete."),
    ],
)
def test_a_form_that_cannot_be_answered_says_which_field(night, typed, words):
    answer = seated("Haneul").post(f"{address(night, 'Beodeul')}planned/", typed)
    assert answer.status_code == 422 and words in said(answer)


def test_an_address_holds_an_id_and_no_name(night):
    client = seated("Haneul")
    answer = client.post("/network/", {"who": "ㅂㄷ"})
    assert answer.headers["Location"] == address(night, "Beodeul")
    assert client.get("/network/p_nobody/").status_code == client.get("/network/p_0000000000001/").status_code == 404
    page = html.fromstring(client.get(answer.headers["Location"]).content)
    assert page.xpath("//title")[0].text == "Exposure · Ojakgyo"
    assert not [each for each in page.xpath("//main//@href") if re.search("Yeoul|Beodeul", each)]


def test_only_safe_hands_keep_a_well_and_a_duress_apart(night):
    """Whatever the text meant, the rings say the same to whoever typed it."""
    night.hears("Beodeul", well)
    calm = around(night, "Yeoul"), around(night, "Beodeul")
    night.hears("Beodeul", duress)
    assert (around(night, "Yeoul"), around(night, "Beodeul")) == calm


def test_behind_an_officer_nobody_is_named_whose_cell_is_not_held(night):
    """Galmae-3 of C-1 met Boram, an officer; Boram met Yeoul of N-2, and Dasom does not hold N-2."""
    meets(night, night.person("Galmae-3"), night.officer("Boram"))
    meets(night, night.officer("Boram"), night.person("Yeoul"))
    assert "Yeoul" not in called(around(night, "Galmae-3", "Dasom", risk=2))
    assert "Yeoul" in called(around(night, "Galmae-3", "Haneul", risk=2))


def test_another_language_chosen_beside_an_answer_leads_back_to_the_rings(night):
    answer = seated("Haneul").get(f"{address(night, 'Beodeul')}planned/")
    assert (answer.status_code, answer.headers["location"]) == (302, address(night, "Beodeul"))
    assert seated("Dasom").get(f"{address(night, 'Beodeul')}planned/").status_code == 403
