"""The life of a card: issued, printed, told, handed over, in use by its first code, followed by the next, and over."""

import pytest
from house.small_world import told
from world import FALSE, OWN, night, night_kept

from ojakgyo.apps.cards import actions, queries, stock
from ojakgyo.apps.cards.actions import hand_over, issue_card, take_over_card, tell_number
from ojakgyo.apps.cards.life import queries as life
from ojakgyo.apps.cards.life.values import NextStep
from ojakgyo.apps.cards.listing import cards_listed
from ojakgyo.apps.cards.models import Card, CardState, LateRow, OwnNumber, UsedText
from ojakgyo.apps.cards.printing.acts import note_printed
from ojakgyo.apps.cards.voice.queries import card_spoken
from ojakgyo.apps.chronicle.acts import action, record
from ojakgyo.apps.network.models import Membership
from ojakgyo.domain import facts
from ojakgyo.domain.cards import codebook, encode
from ojakgyo.domain.cards.codebook import ROWS
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import Meaning, PrintForm, ReadingResult
from ojakgyo.domain.values.instants import DAY_MS, HOUR_MS, Instant
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]


@action
def say(desk, fact):
    return record(desk, fact)


def issued(night, who="Beodeul", officer="Haneul"):
    return issue_card(night.desk(officer), person=night.person(who), number=OWN)


def printed(night, card, officer="Haneul"):
    note_printed(night.desk(officer), rows={card: Card.objects.get(pk=card).row}, form=PrintForm.CARD)
    return card


def handed(night, who="Beodeul"):
    card = printed(night, issued(night, who))
    tell_number(night.desk("Haneul"), card=card)
    return hand_over(night.desk("Haneul"), card=card)


def row(card):
    return Card.objects.get(pk=card)


def text_of(card, *, ahead=0, own=OWN):
    _, drawn = stock.rows_of(keyholder.ring().state_key(), row(card))[ahead]
    return encode.text(drawn, own_number=own, meaning=Meaning.WELL)


def texts(night, text, number="+8610012345678"):
    """A text comes in from Beodeul's phone; the result it was read as."""
    from ojakgyo.demo import spool_file
    from ojakgyo.domain.values import instants

    spool_file.write(night.folder, number=number, text=text, heard=instants.aware(night.now))
    night.listen()
    night.settle()
    return told(facts.MessageRead)[-1].result


def step(night, card):
    return life.card_page(night.desk("Haneul"), card=card).line.step


# From the desk into somebody's hands ------------------------------------------------------------------------------------


def test_a_card_goes_from_issue_to_use_one_step_after_the_other(night):
    first = night.ids.cards["Beodeul"]
    card = issued(night)
    assert step(night, card) == NextStep.PRINT
    printed(night, card)
    assert step(night, card) == NextStep.TELL_AND_HAND_OVER
    assert tell_number(night.desk("Haneul"), card=card) == OWN
    hand_over(night.desk("Haneul"), card=card)
    assert step(night, card) == NextStep.WAIT_FOR_FIRST_CODE
    assert row(first).in_use == CardState.ACTIVE, "the old one works until then"
    assert texts(night, text_of(card)) is ReadingResult.OK
    assert step(night, card) == NextStep.IN_USE
    assert (row(card).row, row(first).in_use) == (1, CardState.RETIRED)
    assert [each.row for each in told(facts.CardActivated) if each.card == card] == [0]
    assert [each.card for each in told(facts.CardRetired)] == [first]
    assert [each.card for each in told(facts.NumberTold)] == [each.card for each in told(facts.CardPrinted)] == [card]


def test_while_the_next_card_waits_the_one_before_is_read_as_before(night):
    card = handed(night)
    assert texts(night, text_of(night.ids.cards["Beodeul"])) is ReadingResult.OK
    assert row(card).first_ms is None
    assert not told(facts.CardRetired)


def test_a_first_code_under_duress_puts_the_card_in_use_all_the_same(night):
    card = handed(night)
    assert texts(night, text_of(card, own=FALSE)) is ReadingResult.DURESS
    assert step(night, card) == NextStep.IN_USE


def test_a_first_code_comes_from_a_card_whose_handing_over_nobody_noted(night):
    card = printed(night, issued(night))
    tell_number(night.desk("Haneul"), card=card)
    assert texts(night, text_of(card)) is ReadingResult.OK
    assert row(card).handed_ms == row(card).first_ms == night.now


@pytest.mark.parametrize("number", ["+8610012345678", "+8610099990000"], ids=["own phone", "unknown phone"])
@pytest.mark.parametrize("stage", ["issued", "printed"])
def test_a_card_that_lies_in_the_drawer_is_neither_read_nor_spoken_by(night, stage, number):
    """A text at random fits a row of it too, and would end the card that is in use."""
    card = issued(night) if stage == "issued" else printed(night, issued(night))
    first, second = text_of(card, own=FALSE), text_of(card, ahead=1, own=FALSE)
    texts(night, first, number=number)
    texts(night, second, number=number)
    assert row(card).row == 0 and row(card).first_ms is None
    assert card not in [each.card for each in told(facts.MatchWaiting)]  # another's may fit by chance
    assert row(night.ids.cards["Beodeul"]).in_use == CardState.ACTIVE
    actions.burn_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"])
    assert card_spoken(night.person("Beodeul")) is None
    stock.touch(card, handed_ms=night.now)
    assert card_spoken(night.person("Beodeul")).pk == card
    assert texts(night, text_of(card, ahead=2)) is ReadingResult.OK


@pytest.mark.parametrize(
    ("stage", "act", "code"),
    [
        ("issued", tell_number, "cards.not_printed"),
        ("issued", hand_over, "cards.not_printed"),
        ("printed", hand_over, "cards.number_not_told"),
        ("handed", hand_over, "cards.handed_over"),
        ("handed", tell_number, "cards.handed_over"),
        ("in use", tell_number, "cards.handed_over"),
        ("in use", take_over_card, "cards.handed_over"),
        ("burnt", tell_number, "cards.card_over"),
        ("burnt", hand_over, "cards.card_over"),
        ("burnt", take_over_card, "cards.card_over"),
        ("burnt", actions.burn_card, "cards.card_over"),
        ("burnt", actions.lose_card, "cards.card_over"),
        ("captured", actions.capture_card, "cards.card_over"),
        ("nowhere", hand_over, "house.not_found"),
    ],
)
def test_out_of_order_everything_is_refused_and_nothing_changes(night, stage, act, code):
    card = {
        "issued": lambda: issued(night),
        "printed": lambda: printed(night, issued(night)),
        "handed": lambda: handed(night),
        "in use": lambda: night.ids.cards["Beodeul"],
        "burnt": lambda: actions.burn_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"]),
        "captured": lambda: actions.capture_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"]),
        "nowhere": lambda: 1,
    }[stage]()
    before = Card.objects.filter(pk=card).values().first()
    with pytest.raises(Refused) as refused:
        act(night.desk("Haneul"), card=card)
    assert refused.value.code == code
    assert Card.objects.filter(pk=card).values().first() == before


def test_a_second_card_to_come_is_refused(night):
    issued(night)
    with pytest.raises(Refused, match=r"cards\.next_waits"):
        issued(night)


def test_after_it_was_burnt_another_is_issued_in_its_place(night):
    card = issued(night)
    actions.burn_card(night.desk("Haneul"), card=card)
    assert issued(night) != card
    assert row(night.ids.cards["Beodeul"]).in_use == CardState.ACTIVE


# Who may do it ----------------------------------------------------------------------------------------------------------


def test_who_does_not_hold_the_cell_issues_tells_and_hands_over_nothing(night):
    """Dasom is safety, without the key to N-2."""
    card, desk = printed(night, issued(night)), night.desk("Dasom")
    for refused in (
        lambda: issue_card(desk, person=night.person("Yeoul")),
        lambda: tell_number(desk, card=card),
        lambda: hand_over(desk, card=card),
        lambda: life.card_page(desk, card=card),
        lambda: life.issue_page(desk, person=night.person("Beodeul")),
        lambda: take_over_card(desk, card=card),
    ):
        with pytest.raises(NotHeld):
            refused()
    assert {line.cell for line in life.cards_page(desk)} == {"N-3", "C-1", "C-2"}


def test_who_has_put_the_keys_down_neither_gives_nor_stops_a_card(night):
    card = night.ids.cards["Beodeul"]
    for act in (actions.burn_card, actions.lose_card, actions.capture_card, take_over_card):
        with pytest.raises(NotHeld):
            act(night.keyless("Haneul"), card=card)
    with pytest.raises(NotHeld):
        issue_card(night.keyless("Haneul"), person=night.person("Beodeul"))
    assert row(card).in_use == CardState.ACTIVE


def test_somebody_of_no_cell_gets_no_card(night):
    Membership.objects.filter(person_id=night.person("Noeul")).delete()
    with pytest.raises(NotHeld):
        issued(night, "Noeul")


@pytest.mark.parametrize("act", [actions.burn_card, actions.lose_card, actions.capture_card])
def test_any_officer_with_keys_in_hand_stops_a_card_of_any_cell(night, act):
    """Narae is of protection, and holds C-1 and C-2."""
    card = act(night.desk("Narae"), card=night.ids.cards["Beodeul"])
    assert row(card).in_use != CardState.ACTIVE


# How it ends ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "state", "fact"),
    [
        (actions.burn_card, CardState.BURNT, facts.CardBurnt),
        (actions.lose_card, CardState.LOST, facts.CardLost),
        (actions.capture_card, CardState.CAPTURED, facts.CardCaptured),
    ],
)
def test_a_stopped_card_has_no_number_any_more_and_its_rows_are_tripwires(night, act, state, fact):
    card, now = night.ids.cards["Beodeul"], night.now
    act(night.desk("Haneul"), card=card)
    assert (row(card).in_use, row(card).ended_ms) == (state, now)
    assert [each.card for each in told(fact)] == [card]
    assert not OwnNumber.objects.filter(card=card).exists()
    assert texts(night, text_of(card, ahead=5)) is ReadingResult.TRIPWIRE
    with pytest.raises(Refused, match=r"cards\.no_card"):
        queries.rows_ahead(keyholder.ring().state_key(), night.person("Beodeul"), 1)


def test_of_a_stopped_card_a_row_passed_over_is_a_tripwire_too(night):
    card = night.ids.cards["Beodeul"]
    skipped = text_of(card, ahead=0)
    texts(night, text_of(card, ahead=1))
    actions.lose_card(night.desk("Haneul"), card=card)
    assert not OwnNumber.objects.filter(card=card).exists()
    assert texts(night, skipped) is not ReadingResult.OK


def test_a_retired_cards_next_rows_arrive_for_48_hours_and_are_tripwires_afterwards(night):
    old, new = night.ids.cards["Beodeul"], handed(night)
    texts(night, text_of(new))
    assert sorted(LateRow.objects.filter(card=old).values_list("row", flat=True)) == [0, 1, 2]
    assert OwnNumber.objects.filter(card=old).exists()
    assert texts(night, text_of(old, ahead=1)) is ReadingResult.OK
    assert texts(night, text_of(old, ahead=4)) is ReadingResult.TRIPWIRE
    night.goes_on(hours=48)
    assert not LateRow.objects.filter(card=old).exists()
    assert not OwnNumber.objects.filter(card=old).exists(), "a tripwire needs no number"
    assert texts(night, text_of(old, ahead=0)) is ReadingResult.TRIPWIRE


def test_the_number_goes_with_the_last_late_row_that_is_used(night):
    old, new = night.ids.cards["Beodeul"], handed(night)
    texts(night, text_of(new))
    for ahead in range(3):
        assert OwnNumber.objects.filter(card=old).exists()
        texts(night, text_of(old, ahead=ahead))
    assert not OwnNumber.objects.filter(card=old).exists()


def test_a_card_whose_rows_are_all_used_leaves_no_number_when_it_retires(night):
    actions.burn_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"])
    old = take_over_card(night.desk("Haneul"), card=issued(night), used=ROWS)
    texts(night, text_of(handed(night)))
    assert row(old).in_use == CardState.RETIRED
    assert not OwnNumber.objects.filter(card=old).exists()


def test_a_year_after_it_ended_nothing_is_left_of_a_card(night):
    card = night.ids.cards["Beodeul"]
    texts(night, text_of(card))
    actions.burn_card(night.desk("Haneul"), card=card)
    due = Instant(night.now + 365 * DAY_MS)
    stock_before = row(card).state
    night.clock.advance_to(due - 1)
    _settle_cards(night)
    assert row(card).state == stock_before
    assert life.card_page(night.desk("Haneul"), card=card).watched_until == due
    night.clock.advance_to(due)
    _settle_cards(night)
    assert row(card).state == b""
    assert not UsedText.objects.filter(card=card).exists()
    assert life.card_page(night.desk("Haneul"), card=card).watched_until is None
    with pytest.raises(Refused, match=r"cards\.card_over"):
        stock.rows_of(keyholder.ring().state_key(), row(card))


def _settle_cards(night):
    """Only what is due of cards: a year of missed windows is another's test."""
    from ojakgyo.apps.cards.duties import forget_card
    from ojakgyo.apps.chronicle.acts import writing
    from ojakgyo.apps.chronicle.models import Due, DueState
    from ojakgyo.apps.vault.desks import house_desk

    for due in Due.objects.filter(kind="cards.forget_card", due_ms__lte=night.now, state=DueState.WAITING):
        with writing("test"):
            forget_card(house_desk(), about=due.about, due=Instant(due.due_ms))


def test_a_text_used_on_one_card_is_no_replay_on_the_next(night):
    """Tags are the card's; and as the old card is over, its used text says nothing about the new one."""
    used = text_of(night.ids.cards["Beodeul"])
    texts(night, used)
    new = handed(night)
    assert new not in set(UsedText.objects.values_list("card_id", flat=True))
    texts(night, text_of(new))
    assert row(new).row == 1


# What else happens to it ------------------------------------------------------------------------------------------------


def test_after_a_backup_was_restored_every_card_that_is_not_over_is_uncertain_once(night):
    over = actions.burn_card(night.desk("Haneul"), card=night.ids.cards["Yeoul"])
    waiting = printed(night, issued(night))
    say(night.desk("Haneul"), facts.BackupRestored(number=1))
    night.settle()
    uncertain = {each.card for each in told(facts.ResyncBegun)}
    assert uncertain == {*night.ids.cards.values(), waiting} - {over}
    assert set(Card.objects.filter(resync_ms__isnull=False).values_list("pk", flat=True)) == uncertain
    assert step(night, night.ids.cards["Beodeul"]) == NextStep.ASK_BY_VOICE
    assert step(night, waiting) == NextStep.TELL_AND_HAND_OVER, "nobody can have used it"
    say(night.desk("Haneul"), facts.BackupRestored(number=1))
    night.settle()
    assert len(told(facts.ResyncBegun)) == len(uncertain)


def test_a_card_issued_after_the_restore_is_certain(night):
    say(night.desk("Haneul"), facts.BackupRestored(number=1))
    night.clock.advance_to(night.now + HOUR_MS)
    card = issued(night)
    night.settle()
    assert row(card).resync_ms is None


def test_a_card_still_at_the_desk_when_an_opener_leaves_is_burnt_and_its_holder_waits(night):
    waiting = printed(night, issued(night))
    say(night.desk("Haneul"), facts.OfficerRemoved(officer=night.officer("Narae"), chance_percent=50, opener=True))
    night.settle()
    assert row(waiting).in_use == CardState.BURNT
    names = [each.code_name.en for each in queries.to_replace(night.desk("Boram"))]
    assert sorted(names) == sorted(night.ids.cards)
    assert queries.owed() == len(names)
    card = handed(night)
    assert queries.owed() == len(names) - 1
    actions.lose_card(night.desk("Haneul"), card=card)
    assert queries.owed() == len(names), "the one in use can still be read by others"


def test_a_card_to_come_that_an_opener_could_read_is_to_be_replaced_still_when_it_is_in_use(night):
    card = handed(night)
    say(night.desk("Haneul"), facts.OfficerRemoved(officer=night.officer("Narae"), chance_percent=50, opener=True))
    night.settle()
    texts(night, text_of(card))
    assert step(night, card) == NextStep.RENEW
    assert row(night.ids.cards["Beodeul"]).replace_ms is None
    assert queries.owed() == len(night.ids.cards)


def test_every_change_of_a_card_counts_upwards(night):
    before = stock.touched()
    card = issued(night)
    assert row(card).touched == before + 1
    stock.touch(night.ids.cards["Yeoul"], resync_ms=None)
    assert row(night.ids.cards["Yeoul"]).touched == stock.touched() == before + 2


def test_of_two_that_move_a_card_at_once_one_is_told_so(night):
    card = night.ids.cards["Beodeul"]
    before = stock.touched()
    assert stock.move(card, 0, row=1)
    assert not stock.move(card, 0, row=1)
    assert (row(card).row, row(card).touched) == (1, before + 1)


# What pages are told ----------------------------------------------------------------------------------------------------


def test_few_rows_left_ask_for_the_next_card_until_it_is_issued(night):
    actions.burn_card(night.desk("Haneul"), card=night.ids.cards["Beodeul"])
    card = take_over_card(night.desk("Haneul"), card=issued(night), used=ROWS - 4)
    assert (step(night, card), stock.rows_left(row(card))) == (NextStep.IN_USE, 4)
    stock.touch(card, row=ROWS - 3)
    assert step(night, card) == NextStep.RENEW
    following = issued(night)
    assert step(night, card) == NextStep.IN_USE
    assert life.card_page(night.desk("Haneul"), card=card).following == following
    assert life.card_page(night.desk("Haneul"), card=following).before == card


def test_the_page_lists_the_most_urgent_first_and_whoever_has_no_card(night):
    actions.lose_card(night.desk("Haneul"), card=night.ids.cards["Yeoul"])
    stock.touch(night.ids.cards["Sonagi"], throttled_ms=night.now)
    shown = [(line.code_name.en, line.step) for line in life.cards_page(night.desk("Haneul"))]
    assert shown[0] == ("Sonagi", NextStep.ASK_BY_VOICE)
    assert {name for name, each in shown if each is NextStep.ISSUE} == {"Yeoul", "Noeul", "Durumi"}
    assert ("Beodeul", NextStep.IN_USE) in shown
    assert len(shown) == 8


def test_whoever_had_a_card_and_has_none_comes_first_and_is_counted(night):
    """Yeoul lost it, Sonagi was in custody; Noeul and Durumi never had one."""
    desk = night.desk("Haneul")
    stock.touch(night.ids.cards["Beodeul"], row=ROWS - 3)
    assert cards_listed(desk).to_do == 1
    actions.lose_card(desk, card=night.ids.cards["Yeoul"])
    actions.capture_card(desk, card=night.ids.cards["Sonagi"])
    listed = cards_listed(desk)
    shown = [(line.code_name.en, line.step, line.ended) for line in listed.steps]
    assert shown == [
        ("Yeoul", NextStep.ISSUE, CardState.LOST),
        ("Sonagi", NextStep.END_QUARANTINE, CardState.CAPTURED),
        ("Beodeul", NextStep.RENEW, None),
    ]
    assert listed.to_do == 3
    assert {line.code_name.en for line in listed.without} == {"Noeul", "Durumi"}
    issued(night, "Yeoul")
    assert [line.step for line in cards_listed(desk).steps] == [NextStep.END_QUARANTINE, NextStep.RENEW, NextStep.PRINT]


@pytest.mark.parametrize("result", ["well", "duress"])
def test_a_page_looks_the_same_after_well_and_after_duress(night, result):
    """All that it shows is compared with what it is known to show after a row was used."""
    card = night.ids.cards["Beodeul"]
    before = life.card_page(night.desk("Boram"), card=card)
    texts(night, text_of(card, own=OWN if result == "well" else FALSE))
    after = life.card_page(night.desk("Boram"), card=card)
    assert (after.row, after.line.rows_left) == (2, ROWS - 1)
    changed = {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)}
    assert changed == {"line", "row"}
    assert [line for line in life.cards_page(night.desk("Boram")) if line.card == card] == [after.line]
    assert after.line.step is NextStep.IN_USE


def test_rows_used_up_are_not_to_be_had_and_none_beyond_the_paper(night):
    key, person = keyholder.ring().state_key(), night.person("Beodeul")
    assert [number for number, _ in queries.rows_ahead(key, person, 40)] == list(range(ROWS))
    stock.move(night.ids.cards["Beodeul"], 0, row=10)
    assert [number for number, _ in queries.rows_ahead(key, person, 40)] == [10, 11]
    assert codebook.AHEAD == 3
