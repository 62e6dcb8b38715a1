"""What is kept of cards: under the present ring, no number longer than it is needed, and nothing told by the log."""

import secrets
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from test_cards_life import handed, issued, row, say, text_of, texts
from world import OWN, night, night_kept

from ojakgyo.apps.cards import actions, stock
from ojakgyo.apps.cards.models import LateRow, OwnNumber
from ojakgyo.apps.cards.reading.book import open_book
from ojakgyo.apps.cards.reading.kept import kept
from ojakgyo.apps.cards.resealing import reseal
from ojakgyo.apps.cards.stock import touched
from ojakgyo.apps.vault import queries, seals
from ojakgyo.apps.vault.desks import command_desk, house_desk
from ojakgyo.apps.vault.queries.audit import Look
from ojakgyo.apps.vault.queries.audit import audit as audit_page
from ojakgyo.apps.vault.showing import FOLLOWING
from ojakgyo.domain import facts
from ojakgyo.domain.facts import ReadingResult
from ojakgyo.domain.sealing import rotation
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.instants import DAY_MS
from ojakgyo.domain.values.roles import OfficerRole
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]


# Under the present ring -------------------------------------------------------------------------------------------------


def new_ring():
    ring = keyholder.ring()
    after = Ring.drawn(ring.root, secrets.token_bytes, before=rotation.replaced(ring))
    keyholder.unseal(replace(after, db=ring.db))
    reseal(command_desk())
    keyholder.unseal(rotation.settled(keyholder.ring(), "cards"))


def test_after_a_new_ring_all_of_a_card_lies_under_it_and_an_emptied_one_is_left_alone(night):
    old, new = night.ids.cards["Beodeul"], handed(night)
    texts(night, text_of(new))
    emptied = actions.burn_card(night.desk("Haneul"), card=night.ids.cards["Yeoul"])
    stock.empty(emptied)
    new_ring()
    assert row(emptied).state == b""
    assert LateRow.objects.filter(card=old).count() == 3
    assert seals.unseal(keyholder.ring().number_key(), stock.number_place(old), OwnNumber.objects.get(card=old).number)
    assert texts(night, text_of(old, ahead=1)) is ReadingResult.OK
    assert texts(night, text_of(new)) is ReadingResult.OK


def test_after_a_new_ring_every_row_of_a_retired_card_is_known_from_any_phone(night):
    """What was remembered of it was drawn anew without its rows, and nothing said that it had changed."""
    old, new = night.ids.cards["Beodeul"], handed(night)
    wire = text_of(old, ahead=8)
    texts(night, text_of(new))
    before = touched()
    assert knows(night, wire, old)
    new_ring()
    assert touched() > before
    open_book(house_desk(), row(old), at=night.now)
    assert knows(night, wire, old)


def knows(night, text, card) -> bool:
    return any(fit.card == card for fit in kept.index(house_desk()).find(text))


# What the log tells -----------------------------------------------------------------------------------------------------

WHOSE = {"card": 7, "person": 8, "row": 1}
FOLLOWED = [
    facts.CardActivated(**WHOSE),
    facts.CardRetired(card=7, person=8),
    facts.TripwireTouched(**WHOSE, message=9),
    facts.MatchWaiting(**WHOSE, message=9),
    facts.CardThrottled(card=7, person=8),
    facts.ThrottleLifted(card=7, person=8),
    facts.Resynchronised(**WHOSE),
]


def test_what_follows_from_how_a_text_reads_is_told_to_safety_alone_whoever_brought_it_in(night, monkeypatch):
    for fact in FOLLOWED:
        say(night.desk("Haneul"), fact)
    kinds = {fact.kind for fact in FOLLOWED}
    lines = [line for line in audit_page(night.desk("Dasom"), look=Look(area="cards")).lines if line.kind in kinds]
    assert {line.kind for line in lines} == kinds
    assert all(line.ids == () for line in lines), "and to nobody whom it was about"
    monkeypatch.setattr(queries, "roles", lambda desk: frozenset({OfficerRole.AUDITOR}))
    for look in (Look(area="cards"), Look(everything=True), Look(officer=night.officer("Haneul"))):
        assert not kinds & {line.kind for line in audit_page(night.desk("Boram"), look=look).lines}


def test_what_officers_do_with_cards_stands_in_the_log_for_auditors(night, monkeypatch):
    actions.burn_card(night.desk("Haneul"), card=issued(night))
    monkeypatch.setattr(queries, "roles", lambda desk: frozenset({OfficerRole.AUDITOR}))
    lines = audit_page(night.desk("Boram"), look=Look(area="cards")).lines
    assert [(line.kind, line.by.en, line.ids) for line in lines[:2]] == [
        ("cards.card_burnt", "Haneul", ()),
        ("cards.card_issued", "Haneul", ()),
    ]


def test_every_kind_of_fact_that_a_reading_records_is_among_those_that_follow():
    """By what it names: whoever adds a fact with a row and a message in `cards` is asked here where it belongs."""
    said_by_officers = {"cards.asked_again", "cards.question_answered", "cards.challenge_answered"}
    for kind in facts.KINDS.values():
        fields = set(kind.__dataclass_fields__)
        reads = kind.kind.startswith("cards.") and fields & {"message", "result"}
        assert not reads or kind.kind in FOLLOWING | said_by_officers, kind.kind
    assert {kind for kind, _ in facts.KINDS} >= FOLLOWING


# From the release before ------------------------------------------------------------------------------------------------


@pytest.fixture
def release_before(database):
    """The database as 0.1-4 left its cards: an active one, and two that were burnt, one of them over a year ago."""
    executor = MigrationExecutor(connection)
    executor.migrate([("cards", "0002_replacing")])
    old = executor.loader.project_state([("cards", "0002_replacing")]).apps
    person = old.get_model("people", "Person").objects.create(id=1, word=1, number=1)
    for card, state, issued_ms in ((11, "active", 500), (12, "burnt", 300), (13, "burnt", 100)):
        made = old.get_model("cards", "Card").objects.create(
            id=card, person=person, row=card - 10, state=b"sealed", in_use=state, issued_ms=issued_ms
        )
        old.get_model("cards", "OwnNumber").objects.create(card=made, number=b"sealed")
    yield
    MigrationExecutor(connection).migrate([("cards", "0004_told")])


def test_cards_of_the_release_before_are_in_use_and_the_burnt_ones_leave_no_number(release_before):
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    cards = {card.pk: card for card in apps.get_model("cards", "Card").objects.all()}
    in_use = cards[11]
    assert (in_use.printed_ms, in_use.told_ms, in_use.handed_ms, in_use.first_ms, in_use.ended_ms) == (*[500] * 4, None)
    assert (in_use.row, in_use.resync_ms, in_use.touched) == (1, None, 0)
    assert stock.present(1).pk == 11 and stock.to_come(1) is None
    assert [(cards[card].ended_ms, cards[card].first_ms) for card in (12, 13)] == [(300, 300), (100, 100)]
    assert list(OwnNumber.objects.values_list("card_id", flat=True)) == [11]
    due = apps.get_model("chronicle", "Due").objects.filter(kind="cards.forget_card").order_by("about")
    assert [(each.about, each.due_ms) for each in due] == [(12, 300 + 365 * DAY_MS), (13, 100 + 365 * DAY_MS)]
    assert all(each.state == "waiting" and each.key == f"cards.forget_card:{each.about}" for each in due)


def test_nobody_can_tell_the_number_of_a_card_that_is_over(night):
    """It is gone from the rows; nothing in the database opens to it."""
    actions.lose_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"])
    key, left = keyholder.ring().number_key(), []
    for own in OwnNumber.objects.all():
        left.append(seals.unseal(key, stock.number_place(own.pk), own.number)["number"])
    assert len(left) == len(night.ids.cards) - 1
    assert set(left) == {OWN.written()}
    assert ids.text("k", night.ids.cards["Beodeul"])
