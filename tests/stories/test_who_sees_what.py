"""The same night at four desks: what may not be seen is absent, with nothing in its place.

What stands ten minutes without an answer is shown whole to everybody on duty, on purpose (apps/watch/rights.py,
tests/apps/watch/test_watch_who_sees.py). So what others see begins with a text that has just come, however long the suite took.
"""

import re

import pytest

from stories.visiting import Visitor, row, sign_in

REASON = ("N-2", "N2", "Beodeul", "버들", "Haebaragi", "duress")
"""Words of the reason of Yeoul's warning: cell, area, path, route, sign."""
NEEDED = "Safety officer needed"
HTML = "all => all.map(each => each.outerHTML)"


def markup(found) -> str:
    """All of it but what is drawn by lot: one token of sixty holds an N2."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found.inner_html())


def parts(found) -> list[str]:
    """The classes of what a row is made of; the picture of the time left is the same for everybody."""
    return list(found.locator("> *").evaluate_all("all => all.map(each => each.getAttribute('class'))"))


def test_safety_with_the_key_of_the_cell_sees_the_reason(night, screen):
    sign_in(screen, night, "Haneul")
    found = row(screen, "Yeoul")
    assert "N-2" in found.inner_text() and "Beodeul" in found.locator(".why").inner_text()
    assert found.locator(".reach").count() == 1
    assert not screen.get_by_text(NEEDED).is_visible()
    assert screen.get_by_text("Everyone Beodeul met in 30 days").is_visible()
    found.get_by_role("link", name="Yeoul").click()
    for heading in ("How the danger reaches Yeoul", "Signals about Beodeul", "Timeline", "Ways to warn"):
        screen.get_by_role("heading", name=heading).wait_for()


@pytest.mark.parametrize("officer", ["Dasom", "Boram", "Narae"])
def test_others_see_code_name_and_deadline_and_nothing_of_the_reason(fresh, screen, officer):
    """Dasom is safety without the key of N-2, Boram holds every key but is treasurer, Narae is neither."""
    sign_in(screen, fresh, officer)
    found = row(screen, "Yeoul")
    assert found.get_attribute("data-deadline") == fresh.warning_about("Yeoul")["deadline"]
    assert [part for part in parts(found) if part in ("why", "reach", "acts")] == []
    assert screen.locator(".warning .why, .warning .reach, .warning .acts").evaluate_all(HTML) == []
    assert found.locator(".who").inner_text() == "Yeoul"
    assert not any(word in markup(found) for word in REASON)
    assert "met in 30 days" not in screen.content()
    assert screen.get_by_text(NEEDED).is_visible()
    found.get_by_role("link", name="Yeoul").click()
    screen.wait_for_url("**/watch/w_*/")
    screen.get_by_role("heading", name="Yeoul").wait_for()
    assert not any(word in markup(screen.locator("#desk")) for word in REASON)
    assert screen.get_by_role("heading", name="Timeline").count() == 0


def test_somebody_is_called_for_until_somebody_has_taken_it(fresh):
    """The last of this file: it answers everything that the others look at."""
    with Visitor(fresh, "Haneul") as haneul, Visitor(fresh, "Dasom") as dasom, Visitor(fresh, "Boram") as boram:
        reds = [each for each in fresh.board()["warnings"] if 'data-danger="now"' in row_html(dasom, each["code_name"])]
        assert "Yeoul" in {each["code_name"] for each in reds}
        assert 'class="why"' in row_html(haneul, "Yeoul"), "there is a reason that the others do not see"
        assert NEEDED in dasom.read("/now/") and NEEDED in boram.read("/now/")
        for each in reds:
            haneul.send(haneul.page_of(each["code_name"]) + "take/")
        assert NEEDED not in dasom.read("/now/") and NEEDED not in boram.read("/now/")
        assert "Haneul" in row_html(dasom, "Yeoul"), "who owns it, everybody sees"


def row_html(visitor: Visitor, code_name: str) -> str:
    """The row of this helper on the board, as text."""
    rows = visitor.read("/now/").split('<li class="warning"')[1:]
    return next(each for each in rows if f">{code_name}</a>" in each)
