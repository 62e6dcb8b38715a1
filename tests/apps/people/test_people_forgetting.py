"""A person forgotten: by two hands, from every page of the database, and for good."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from page_reader import found
from sqlcipher3 import dbapi2 as sqlcipher
from test_people_names import NAMES, keep, reveal
from world import told

from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.contact.forgetting import forget_person
from ojakgyo.apps.contact.models import Inbound
from ojakgyo.apps.contact.words import words_of
from ojakgyo.apps.network import queries as network
from ojakgyo.apps.network.models import Line
from ojakgyo.apps.people import queries
from ojakgyo.apps.people.models import PersonKey, RealName
from ojakgyo.apps.vault.actions.requests import approve_request, make_request
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import LineState, PersonForgotten, RequestKind
from ojakgyo.domain.values.ids import MessageId, TokenId
from ojakgyo.store import erasing, keyholder


def database() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def asked(night, about: str = "Beodeul", *, sign: bool = True) -> TokenId:
    request = make_request(night.desk("Haneul"), kind=RequestKind.FORGET_PERSON, about=night.person(about))
    if sign:
        approve_request(night.desk("Narae"), request=request)
    return request


def forget(night, about: str = "Beodeul") -> bool:
    return forget_person(night.desk("Haneul"), request=asked(night, about), person=night.person(about))


def test_name_numbers_and_words_are_gone_and_the_code_name_stays(night):
    keep(night, "Beodeul")
    night.hears("Beodeul")
    message = MessageId(Inbound.objects.get().message)
    assert forget(night)
    person = night.person("Beodeul")
    assert not PersonKey.objects.filter(person=person).exists()
    assert not RealName.objects.filter(person=person).exists()
    line = Line.objects.get(holder=person)
    assert (line.number, line.index, line.state) == (None, None, LineState.BURNT)
    with pytest.raises(Refused, match=r"contact\.message_gone"):
        words_of(night.desk("Haneul"), message)
    assert queries.code_names(night.desk("Haneul"), [person])[person].en == "Beodeul"
    assert [fact.person for fact in told(PersonForgotten)] == [person]
    assert audit.verify() > 0


def test_a_forgotten_person_is_said_to_be_forgotten_and_stays_so(night):
    keep(night, "Beodeul")
    forget(night)
    assert queries.named(night.person("Beodeul")).forgotten
    for again in (reveal, keep):
        with pytest.raises(Refused, match=r"people\.forgotten"):
            again(night, "Beodeul")


def test_one_hand_forgets_nobody(night):
    keep(night, "Beodeul")
    with pytest.raises(Refused, match=r"vault\.second_hand"):
        forget_person(night.desk("Haneul"), request=asked(night, sign=False), person=night.person("Beodeul"))
    assert reveal(night, "Beodeul").name == NAMES["Beodeul"]


def test_a_request_forgets_whom_it_names_and_once(night):
    keep(night, "Beodeul")
    keep(night, "Yeoul")
    request = asked(night, "Beodeul")
    with pytest.raises(Refused, match=r"vault\.request_changed"):
        forget_person(night.desk("Haneul"), request=request, person=night.person("Yeoul"))
    assert forget_person(night.desk("Haneul"), request=request, person=night.person("Beodeul"))
    with pytest.raises(Refused, match=r"vault\.request_lapsed"):
        forget_person(night.desk("Haneul"), request=request, person=night.person("Beodeul"))


def test_a_text_from_the_number_of_somebody_forgotten_is_from_nobody_known(night):
    keep(night, "Beodeul")
    forget(night)
    assert network.line_at(night.desk("Haneul"), "+8610012345678") is None


def test_no_page_of_the_file_or_its_log_holds_the_wrap_the_name_or_the_number_any_more(night):
    """T37, with a reader of our own; before, it finds them."""
    for name in ("Beodeul", "Yeoul", "Noeul"):
        keep(night, name)
    person, key = night.person("Beodeul"), keyholder.ring().db
    row, line = PersonKey.objects.get(person=person), Line.objects.get(holder=person)
    sought = (row.wrapped, RealName.objects.get(person=person).ident, line.number, line.index)
    assert all(found(database(), key, each) for each in sought)
    assert forget(night)
    assert [found(database(), key, each) for each in sought] == [set()] * 4
    others = PersonKey.objects.exclude(person=person).values_list("wrapped", flat=True)
    assert len(others) == 2
    assert all(found(database(), key, each) for each in others), "the reader reads"


def test_a_name_kept_again_leaves_no_page_with_the_first_one(night):
    keep(night, "Beodeul")
    first, key = RealName.objects.get().ident, keyholder.ring().db
    keep(night, "Beodeul", name="a second one")
    assert erasing.checkpoint_until_done()
    assert found(database(), key, first) == set()


@pytest.fixture
def reader(night):
    """Somebody else's open look at the database, as a backup has it."""
    connection = sqlcipher.connect(str(database()))
    connection.execute(f"PRAGMA key = \"x'{keyholder.ring().db.hex()}'\"")
    yield connection
    connection.close()


def test_an_open_reader_makes_forgetting_wait_and_not_lie(night, reader, monkeypatch):
    """T38: as long as it looks, it is said that something is left; and something is."""
    monkeypatch.setattr(erasing, "PATIENCE_S", 0.2)
    keep(night, "Beodeul")
    assert erasing.checkpoint_until_done()
    wrapped, key = PersonKey.objects.get().wrapped, keyholder.ring().db
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people_person").fetchone()
    assert not forget(night)
    assert PersonKey.objects.count() == 0
    assert found(database(), key, wrapped)
    reader.execute("COMMIT")
    erasing.tend()
    assert found(database(), key, wrapped) == set()


def test_a_checkpoint_inside_a_transaction_is_a_wrong_call(night):
    with transaction.atomic(), pytest.raises(RuntimeError, match="no part of a transaction"):
        erasing.checkpoint_until_done()


def test_a_checkpoint_leaves_the_patience_of_its_connection_as_it_was(night):
    def patience():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            return cursor.fetchone()[0]

    before = patience()
    assert erasing.checkpoint_until_done()
    assert patience() == before == 10_000
