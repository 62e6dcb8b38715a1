"""A helper writes from a phone nobody knew: the log says who it was, and who holds their cell says whether it is theirs."""

import re

import pytest
from django.test import Client
from lxml import html
from world import FALSE, OWN, night, night_kept, told

from ojakgyo.apps.cards.queries import rows_ahead
from ojakgyo.apps.contact import phones
from ojakgyo.apps.contact.actions import receive_sms
from ojakgyo.apps.contact.messages import came_in, from_new_phones
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.contact.spool import Sms
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.network.queries import line_at, number_of
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.desks import house_desk
from ojakgyo.demo import spool_file
from ojakgyo.domain.cards import encode
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Channel, LineRecorded, Meaning, PhoneLeft, WordsShown
from ojakgyo.domain.values import ids, instants
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]
NEW, OTHER = "+8610088888888", "+8610077777777"


def writes(night, number=NEW, own=OWN, which=slice(2)):
    """These of Beodeul's rows from a phone."""
    for _, row in rows_ahead(keyholder.ring().state_key(), night.person("Beodeul"), 3)[which]:
        text = encode.text(row, own_number=own, meaning=Meaning.WELL)
        spool_file.write(night.folder, number=number, text=text, heard=instants.aware(night.now))
        assert night.listen() == 1
        night.settle()
        night.goes_on(minutes=11)


def shown(night, officer="Haneul"):
    """Of each text, newest first: whose, whether the phone is new, whether it is asked about."""
    lines = came_in(night.desk(officer))
    return [(line.code_name and line.code_name.en, line.new_phone, line.may_settle) for line in lines]


@pytest.mark.parametrize("channel", [Channel.ANDROID, Channel.SIGNED])
def test_a_text_a_gateway_heard_from_a_new_phone_is_asked_about_as_well(night, channel):
    for _, row in rows_ahead(keyholder.ring().state_key(), night.person("Beodeul"), 3)[:2]:
        words = encode.text(row, own_number=OWN, meaning=Meaning.WELL)
        receive_sms(house_desk(), ext_id=words.encode(), sms=Sms(number=NEW, words=words), channel=channel)
        night.settle()
        night.goes_on(minutes=11)
    assert shown(night)[0] == ("Beodeul", True, True)
    assert len(from_new_phones(night.desk("Haneul"), night.person("Beodeul"))) == 2


@pytest.fixture
def browser(night):
    def seated(officer):
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
        client.post("/language/", {"language": "en"})
        return client

    return seated


@pytest.mark.parametrize("own", [OWN, FALSE], ids=["well", "duress"])
def test_both_texts_bear_the_code_name_as_soon_as_it_is_known_and_the_newest_asks(night, own):
    writes(night, own=own, which=slice(1))
    assert shown(night) == [(None, False, False)]
    writes(night, own=own, which=slice(1, 2))
    assert shown(night) == [("Beodeul", True, True), ("Beodeul", True, False)]


def test_without_the_cells_key_nobody_is_asked_and_nobody_answers(night):
    """Dasom holds no key to N-2."""
    writes(night)
    assert shown(night, "Dasom") == [("Beodeul", True, False)] * 2
    message = came_in(night.desk("Dasom"))[0].message
    for act in (phones.keep_phone, phones.leave_phone):
        with pytest.raises(NotHeld):
            act(night.desk("Dasom"), message=message)
    assert not Inbound.objects.filter(settled=True).exists()


def test_the_number_is_kept_as_one_line_sealed_and_asked_about_no_more(night):
    writes(night)
    before, shows = Line.objects.count(), len(told(WordsShown))
    person = phones.keep_phone(night.desk("Haneul"), message=came_in(night.desk("Haneul"))[0].message)
    line = line_at(night.desk("Haneul"), NEW)
    assert person == night.person("Beodeul") and Line.objects.count() == before + 1
    assert number_of(night.desk("Haneul"), line) == NEW
    assert told(LineRecorded)[-1] == LineRecorded(line=line, holder=person) and len(told(WordsShown)) == shows
    assert shown(night) == [("Beodeul", False, False)] * 2
    assert from_new_phones(night.desk("Haneul"), person) == ()
    night.goes_on(hours=1)
    writes(night, which=slice(1))  # from now on one text is enough
    assert shown(night)[0] == ("Beodeul", False, False)


def test_a_phone_that_is_left_is_recorded_nowhere_and_asked_about_no_more(night):
    writes(night)
    before = Line.objects.count()
    message = came_in(night.desk("Haneul"))[1].message
    phones.leave_phone(night.desk("Haneul"), message=message)
    assert Line.objects.count() == before and told(PhoneLeft)[-1].message == message
    assert shown(night) == [("Beodeul", True, False)] * 2
    for act in (phones.keep_phone, phones.leave_phone):
        with pytest.raises(Refused, match=r"house\.not_found"):
            act(night.desk("Haneul"), message=message)


def test_two_new_phones_of_one_helper_are_asked_about_one_after_the_other(night):
    writes(night)
    writes(night, OTHER)
    phones.leave_phone(night.desk("Haneul"), message=came_in(night.desk("Haneul"))[0].message)
    assert shown(night) == [("Beodeul", True, False)] * 2 + [("Beodeul", True, True), ("Beodeul", True, False)]


def test_it_stands_on_the_log_and_on_the_persons_page_with_one_act_and_no_number(night, browser):
    writes(night)
    client, person = browser("Haneul"), f"/people/{ids.text('p', night.person('Beodeul'))}/"
    for path in ("/log/", person):
        page = client.get(path).content.decode()
        assert len(re.findall(r'name="keep"', page)) == len(re.findall(r'name="leave"', page)) == 1
        assert "from a phone not known before" in page and NEW not in page and NEW[3:] not in page
        assert "from a phone not known before" not in browser("Dasom").get(person).content.decode()
    action = html.fromstring(page).xpath("//form[.//button[@name='keep']]/@action")[0]
    assert browser("Dasom").post(action, {"keep": "1"}).status_code == 403
    assert client.post(action, {"keep": "1"})["Location"] == f"{person}?agreed#reach"
    assert 'name="keep"' not in client.get("/log/").content.decode()
    assert client.post(action, {"leave": "1"}).status_code == 404
