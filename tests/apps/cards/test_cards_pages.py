"""Pages of cards: one obvious next step each, the own number once on a page of its own, stopping for anybody at the desk."""

import re

import pytest
from django.test import Client
from test_cards_to_replace import removed
from world import duress, night, night_kept, told

from ojakgyo.apps.cards import actions, stock
from ojakgyo.apps.cards.models import Card, PocketNumber, Quarantine, Sharer
from ojakgyo.apps.cards.printing.acts import note_printed
from ojakgyo.apps.cards.printing.queries import paper
from ojakgyo.apps.cards.printing.said import ANSWERS, MEANINGS
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.actions.requests import approve_request
from ojakgyo.domain.cards import codebook
from ojakgyo.domain.facts import CardBurnt, CardCaptured, CardHandedOver, CardLost, NumberTold, PrintForm
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CardId
from ojakgyo.store import keyholder
from ojakgyo.web import clocks

__all__ = ["night", "night_kept"]
CHANCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


class Visitor(Client):
    """A browser with an officer in front of it."""

    def __init__(self, night, officer: str) -> None:
        super().__init__(SERVER_NAME="127.0.0.1")
        self.night = night
        self.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
        self.post("/language/", {"language": "en"})

    def person(self, who: str) -> str:
        return ids.text("p", self.night.person(who))

    def looks(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, address
        return self.desk(answer)

    def sends(self, address: str, **typed: str) -> str:
        return self.desk(self.post(address, typed, follow=True))

    @staticmethod
    def desk(answer) -> str:
        """The desk's part of the page, without what differs by chance."""
        html = answer.content.decode()
        return CHANCE.sub("", html.partition("<main")[2].partition("</main>")[0])


@pytest.fixture
def haneul(night):
    return Visitor(night, "Haneul")


def card(who, night) -> Card:
    return Card.objects.get(pk=night.ids.cards[who])


def address(card: int, rest: str = "") -> str:
    return f"/cards/{ids.text('k', card)}/{rest}"


def line_of(page: str, name: str) -> str:
    """The row of the table, or of a list, that names somebody."""
    return next(each for each in re.split(r"<tr>|<li>", page) if name in each)


def main_buttons(page: str) -> list[str]:
    found = re.findall(r'class="button main"[^>]*>(.*?)</(?:a|button)>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def issued(night, who) -> CardId:
    return actions.issue_card(night.desk("Haneul"), person=night.person(who))


def printed(night, who) -> CardId:
    made = issued(night, who)
    note_printed(night.desk("Haneul"), rows={made: 0}, form=PrintForm.CARD)
    return made


# The list ----------------------------------------------------------------------------------------------------------------


def test_the_list_shows_for_each_card_its_lines_and_one_next_step(night, haneul):
    stock.touch(card("Beodeul", night).pk, row=codebook.ROWS - 3)
    stock.touch(card("Sonagi", night).pk, throttled_ms=night.now)
    issued(night, "Durumi")
    page = haneul.looks("/cards/")
    assert "Issue the next card" in line_of(page, "Beodeul") and '"digits">3<' in line_of(page, "Beodeul")
    assert "Ask for a row by voice" in line_of(page, "Sonagi")
    assert "Print it" in line_of(page, "Durumi")
    calm = page.partition('id="calm"')[2]
    assert '"digits">12<' in line_of(calm, "Yeoul") and "Beodeul" not in calm
    assert "Issue a card" in line_of(page, "Noeul")
    assert main_buttons(page) == ["Print cards"], "how many is chosen there"


def test_whoever_lost_a_card_or_was_taken_stands_first_under_what_is_next(night, haneul):
    haneul.sends(address(card("Yeoul", night).pk, "lost/"), sure="1")
    haneul.sends(address(card("Beodeul", night).pk, "captured/"), sure="1")
    page = haneul.looks("/cards/")
    assert "2 cards wait for somebody at the desk" in page
    following, _, without = page.partition('id="calm"')[0], *page.partition('id="without"')[1:]
    lost, taken = line_of(following, "Yeoul"), line_of(following, "Beodeul")
    assert following.index("Yeoul") < following.index("Beodeul") and "Noeul" not in following
    assert "Issue a card" in lost and "lost" in lost and "In quarantine: look" in taken
    for who, line in (("Yeoul", lost), ("Beodeul", taken)):
        assert f"/cards/new/{haneul.person(who)}/" in line
    assert "Noeul" in without and "Yeoul" not in without


def test_every_step_leads_to_the_page_where_it_is_done(night, haneul):
    stock.touch(card("Beodeul", night).pk, row=codebook.ROWS - 2)
    printed(night, "Durumi")
    page = haneul.looks("/cards/")
    for each in set(re.findall(r'href="(/[^"#?]+)"', page)):
        assert haneul.get(each).status_code == 200, each


def test_of_cells_that_are_not_held_only_how_many_is_said(night):
    """Dasom holds no key to N-2: Beodeul, Yeoul and Sonagi have cards there."""
    removed(night, opener=True)
    page = Visitor(night, "Dasom").looks("/cards/")
    assert "Seori-5" in page
    assert not [name for name in ("Beodeul", "Yeoul", "Sonagi", "Noeul") if name in page]
    assert "3 people have a card. 3 wait for a new one." in page


def test_everybody_who_holds_the_cell_sees_who_waits_for_a_new_card_and_why(night):
    removed(night, opener=True)
    page = Visitor(night, "Boram").looks("/cards/")
    assert f"/people/{ids.text('p', night.person('Beodeul'))}/" in page
    assert "this one still works" in page


def test_where_nobody_waits_it_says_so(night):
    assert "Nobody waits for a new card." in Visitor(night, "Narae").looks("/cards/")


# From issuing to the first code --------------------------------------------------------------------------------------------


def test_a_card_goes_its_way_by_one_main_button_at_each_stage(night, haneul):
    """Haebaragi gets a next card."""
    page = haneul.looks(f"/cards/new/{haneul.person('Haebaragi')}/")
    assert main_buttons(page) == ["Issue the next card"]
    page = haneul.sends(f"/cards/new/{haneul.person('Haebaragi')}/")
    made = stock.to_come(night.person("Haebaragi")).pk
    assert "The card is issued." in page and main_buttons(page) == ["Print it"]
    note_printed(night.desk("Haneul"), rows={CardId(made): 0}, form=PrintForm.CARD)
    assert main_buttons(haneul.looks(address(made))) == ["Show the own number"]
    haneul.sends(address(made, "number/"))
    assert main_buttons(haneul.looks(address(made))) == ["Told, and handed over"]
    page = haneul.sends(address(made, "hand-over/"))
    assert told(CardHandedOver)[-1].card == made
    assert "has the card; its first code is waited for" in page and main_buttons(page) == []


def test_the_own_number_is_shown_once_with_a_false_one_and_the_seven_meanings(night, haneul):
    made = printed(night, "Durumi")
    page = haneul.sends(address(made, "number/"))
    number, false = re.findall(r'<b class="digits">(\d\d)</b>', page)
    assert number != false and told(NumberTold)[-1].card == made
    assert "never write it beside the card" in page
    assert re.findall(r'<dt class="digits">(\d)</dt>', page) == list("0134678")
    assert f">{number}<" not in haneul.looks(address(made))
    assert haneul.get(address(made, "number/")).status_code == 405


def test_no_row_stands_where_the_number_does_and_no_number_where_the_card_is(night, haneul):
    made = printed(night, "Durumi")
    rows = stock.rows_of(keyholder.ring().state_key(), Card.objects.get(pk=made))
    page = haneul.sends(address(made, "number/"))
    for _, row in rows:
        assert not re.search(r"\D".join(f"{cell:02}" for cell in row.cells[:3]), page)


def test_beside_the_number_stands_how_this_card_lies_and_what_its_answers_say(night, haneul):
    """The heads of its own paper in their order; the words are those of the sheet."""
    made = printed(night, "Durumi")
    layout, lines = paper(keyholder.ring().state_key(), Card.objects.get(pk=made))
    page = haneul.sends(address(made, "number/"))
    heads = re.search(r'<ol class="heads".*?</ol>', page, re.DOTALL)[0]
    shown = re.findall(r"<li class=\"(\w+)\"><b[^>]*>(.*?)</b>", heads, re.DOTALL)
    assert [re.sub(r"<svg.*</svg>", "", text) for _, text in shown] == list(lines[0])
    assert [kind for kind, _ in shown].count("digit") == 10 and [kind for kind, _ in shown].count("contact") == 1
    taught = re.findall(r'<dt class="answer">(.*?)</dt><dd>(.*?)</dd>', page)
    assert taught == [(layout.answer_heads[each], ANSWERS["en"][each]) for each in layout.answers]
    for _, meaning, *_ in MEANINGS["en"]:
        assert f"<dd>{meaning}" in page


def test_a_card_that_is_not_printed_gives_no_number(night, haneul):
    made = issued(night, "Durumi")
    answer = haneul.post(address(made, "number/"))
    assert answer.status_code == 409 and "not been printed yet" in answer.content.decode()


def test_in_the_north_private_questions_come_first_and_a_card_behind_them(night, haneul):
    page = haneul.looks(f"/cards/new/{haneul.person('Noeul')}/")
    assert "itself an exhibit" in page and main_buttons(page) == ["Private questions"]
    assert "itself an exhibit" not in haneul.looks(f"/cards/new/{haneul.person('Durumi')}/")
    assert "The card is issued." in haneul.sends(f"/cards/new/{haneul.person('Noeul')}/")


def test_a_second_card_to_come_is_not_issued(night, haneul):
    issued(night, "Durumi")
    assert "is issued already, and still at the desk" in haneul.looks(f"/cards/new/{haneul.person('Durumi')}/")
    stock.touch(stock.to_come(night.person("Durumi")).pk, handed_ms=night.now)
    assert "Durumi has the next card already" in haneul.looks(f"/cards/new/{haneul.person('Durumi')}/")
    answer = haneul.post(f"/cards/new/{haneul.person('Durumi')}/")
    assert answer.status_code == 409 and "waiting for its first code already" in answer.content.decode()


# Stopping ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "fact"), [("lost", CardLost), ("captured", CardCaptured), ("burnt", CardBurnt)])
def test_a_tick_and_one_press_stop_a_card_and_its_page_says_what_is_next(night, haneul, how, fact):
    page = haneul.sends(address(card("Beodeul", night).pk, f"{how}/"), sure="1")
    assert told(fact)[-1].person == night.person("Beodeul")
    assert "It is read no more." in page and "is over" in page
    assert Quarantine.objects.exists() is (how == "captured")


@pytest.mark.parametrize("how", ["lost", "captured", "burnt"])
def test_without_the_tick_nothing_is_stopped_and_the_page_says_so(night, haneul, how):
    own = card("Beodeul", night).pk
    answer = haneul.post(address(own, f"{how}/"))
    assert answer.status_code == 409 and "Nothing was stopped yet." in answer.content.decode()
    answer = haneul.post(f"/cards/stop/{haneul.person('Beodeul')}/", {"how": "captured"})
    assert "Nothing was stopped yet." in answer.content.decode()
    assert stock.known(own).in_use == "active" and not Quarantine.objects.exists()


def test_each_of_three_ways_says_what_follows_and_has_one_button_behind_a_tick(night, haneul):
    """Only what follows custody wears the colour of danger."""
    page = haneul.looks(address(card("Beodeul", night).pk))
    ways = re.findall(r'<details class="stop"(.*?)</details>', page, re.DOTALL)
    assert [re.search(r"/(\w+)/\"", way)[1] for way in ways] == ["lost", "captured", "burnt"]
    assert ['data-danger="now"' in way for way in ways] == [False, True, False]
    for way in ways:
        assert way.count("<button") == 1 and re.search(r'name="sure"[^>]* required', way)


def test_a_card_that_is_over_says_what_became_of_it_and_offers_only_what_can_still_be_done(night, haneul):
    own = card("Beodeul", night).pk
    stock.touch(own, row=4)
    page = haneul.sends(address(own, "lost/"), sure="1")
    steps = page.partition('<ol class="steps"')[2].partition("</ol>")[0]
    assert re.search(r'aria-current="step">.*lost', steps, re.DOTALL) and "/12" not in steps and "in use" not in steps
    assert "captured/" in page and "burnt/" not in page and "lost/" not in page
    assert not [each for each in ("Pocket numbers", "speaks through this phone", "Something is wrong") if each in page]
    assert str(clocks.wall(night.now).year + 1) in page.partition('id="next"')[2].partition("</section>")[0]


def test_of_a_card_that_was_never_given_away_nobody_says_that_it_was_captured(night, haneul):
    made = printed(night, "Durumi")
    page = haneul.sends(address(made, "burnt/"), sure="1")
    assert "burnt" in page and "captured/" not in page


def test_what_is_the_holders_stands_with_the_card_of_today_and_the_other_one_leads_there(night, haneul):
    made, today = issued(night, "Yeoul"), card("Yeoul", night).pk
    assert 'id="pockets"' in haneul.looks(address(today))
    page = haneul.looks(address(made))
    assert 'id="pockets"' not in page and f'<a href="{address(today)}">Pocket numbers' in page


def test_a_second_stop_says_that_it_is_over(night, haneul):
    haneul.sends(address(card("Beodeul", night).pk, "lost/"), sure="1")
    answer = haneul.post(address(card("Beodeul", night).pk, "burnt/"), {"sure": "1"})
    assert answer.status_code == 409 and "in use no more" in answer.content.decode()


def test_whoever_is_at_the_desk_stops_the_cards_of_a_foreign_cell_from_the_persons_page(night):
    """Narae is protection, without the key to N-2."""
    narae = Visitor(night, "Narae")
    assert "/cards/stop/" in narae.looks(f"/people/{narae.person('Beodeul')}/")
    page = narae.sends(f"/cards/stop/{narae.person('Beodeul')}/", how="lost", sure="1")
    assert "read no more" in page and told(CardLost)[-1].person == night.person("Beodeul")
    narae.sends(f"/cards/stop/{narae.person('Yeoul')}/", how="captured", sure="1")
    assert Quarantine.objects.get().person_id == night.person("Yeoul")


def test_after_custody_a_safety_officer_asks_a_second_signs_and_one_of_them_ends_the_quarantine(night, haneul):
    haneul.sends(address(card("Beodeul", night).pk, "captured/"), sure="1")
    new = f"/cards/new/{haneul.person('Beodeul')}/"
    page = haneul.looks(new)
    assert "was in custody: no card is issued" in page and 'action="/cards/new/' in page
    assert haneul.post(new).status_code == 409
    assert "Ask that it ends" not in Visitor(night, "Boram").looks(new)
    assert "waits for a second officer" not in Visitor(night, "Boram").looks("/cards/")
    asked = haneul.post(f"{new}ask/").headers["Location"]
    assert "One more officer must sign" in haneul.looks(new)
    waits = "1 request to end a quarantine waits for a second officer."
    for officer, told_of_it in (("Haneul", False), ("Boram", True), ("Dasom", True)):
        page = Visitor(night, officer).looks("/cards/")
        assert (waits in page, asked in page) == (told_of_it, told_of_it), officer
    request = ids.parse_kind("t", asked.split("/")[3])
    approve_request(night.desk("Boram"), request=request)
    assert waits not in Visitor(night, "Dasom").looks("/cards/"), "two are enough"
    page = haneul.looks(asked)
    assert "Both hands are under it. One of the two now ends it:" in page
    assert main_buttons(page) == ["End the quarantine"] and f'href="{new}"' in page
    assert main_buttons(Visitor(night, "Dasom").looks(asked)) == [], "only one of the two"
    assert main_buttons(haneul.looks(new)) == ["End the quarantine"]
    page = haneul.sends(f"{new}end/", request=ids.text("t", request))
    assert "The quarantine is over." in page and "Issue a card" in page


# Through whose line, and by which number -------------------------------------------------------------------------------------


def test_a_pocket_number_is_given_and_dropped(night, haneul):
    own = card("Beodeul", night).pk
    page = haneul.sends(address(own, "pocket/"), who="Durumi")
    number = PocketNumber.objects.get().number
    assert f'<b class="digits">{number:02}</b>' in page and "Durumi" in page
    assert "has a number for this person already" in haneul.sends(address(own, "pocket/"), who="Durumi")
    assert "nobody" in haneul.sends(address(own, "pocket/"), who="Nobody").lower()
    haneul.sends(address(own, "pocket/drop/"), person=haneul.person("Durumi"))
    assert not PocketNumber.objects.exists()


def test_somebody_who_uses_the_phone_too_is_added_and_taken_away(night, haneul):
    own, line = card("Beodeul", night).pk, ids.text("l", night.ids.lines["Beodeul"])
    assert "Noeul" in haneul.sends(address(own, "share/"), who="Noeul", line=line)
    assert Sharer.objects.get().person_id == night.person("Noeul")
    haneul.sends(address(own, "unshare/"), person=haneul.person("Noeul"), line=line)
    assert not Sharer.objects.exists()


# Who sees what -------------------------------------------------------------------------------------------------------------


def test_without_the_cells_key_no_page_of_a_card_opens_and_nothing_is_given(night):
    """Dasom is safety, without the key to N-2."""
    dasom, own = Visitor(night, "Dasom"), card("Beodeul", night).pk
    for each in (address(own), f"/cards/new/{dasom.person('Beodeul')}/"):
        assert dasom.get(each).status_code == 403
    for each in ("number/", "hand-over/", "pocket/", "share/"):
        answer = dasom.post(address(own, each), {"who": "Seori-5", "line": "l_0000000000001"})
        assert answer.status_code == 403, each
    for each in ("", "ask/", "end/"):
        assert dasom.post(f"/cards/new/{dasom.person('Noeul')}/{each}").status_code == 403
    assert not told(NumberTold) and not PocketNumber.objects.exists()


def test_no_page_of_cards_tells_a_forced_text_from_a_good_one(night, haneul):
    """Beodeul writes well and Sonagi under duress: lines, steps and words of their cards are the same."""
    night.hears("Beodeul")
    night.hears("Sonagi", duress)
    seen = []
    for who in ("Beodeul", "Sonagi"):
        own, person = card(who, night), haneul.person(who)
        assert own.row == 1
        pages = [haneul.looks(each) for each in (address(own.pk), f"/cards/new/{person}/")]
        shown = "".join([line_of(haneul.looks("/cards/"), who), *pages])
        for each in (person, ids.text("k", own.pk), ids.text("l", night.ids.lines[who]), who):
            shown = shown.replace(each, "")
        seen.append(shown)
    assert seen[0] == seen[1] and '"digits">11<' in seen[0]


def test_the_pages_of_a_person_and_of_a_cell_lead_to_cards(night, haneul):
    cell = ids.text("c", night.ids.cells["N-2"])
    own, stop = address(card("Beodeul", night).pk), f"/cards/stop/{haneul.person('Beodeul')}/"
    for page in (haneul.looks(f"/people/{haneul.person('Beodeul')}/"), haneul.looks(f"/cells/{cell}/")):
        assert own in page
    assert stop in haneul.looks(f"/people/{haneul.person('Beodeul')}/")
    for page in (haneul.looks(f"/people/{haneul.person('Noeul')}/"), haneul.looks(f"/cells/{cell}/")):
        assert f"/cards/new/{haneul.person('Noeul')}/" in page
    assert "card 12/12" in haneul.looks(f"/cells/{cell}/")
