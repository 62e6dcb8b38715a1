"""The page of cards to replace."""

from django.test import Client
from test_cards_to_replace import removed
from world import night, night_kept

from ojakgyo.domain.values import ids

__all__ = ["night", "night_kept"]


def page(officer: str) -> str:
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.post("/enter/", {"code_name": officer, "password": f"of {officer}"})
    browser.post("/language/", {"language": "en"})
    answer = browser.get("/cards/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_at_the_desk_sees_who_waits_for_a_new_card_and_why(night):
    removed(night, opener=True)
    shown = page("Boram")
    assert "6 helpers wait for a new card" in shown
    assert f"/people/{ids.text('p', night.person('Beodeul'))}/" in shown
    assert "this one still works" in shown


def test_where_nobody_waits_it_says_so(night):
    assert "Nobody waits for a new card." in page("Narae")
