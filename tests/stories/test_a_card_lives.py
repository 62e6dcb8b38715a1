"""The cards of one helper, from the officer's screen and the helper's hands: paper, number, first code, loss, custody.

The helper's codes are made from the sheet that was printed and the number that was shown (docs/reference/cards.md), and
come from a modem's daemon. Nothing here asks the house for a secret.
"""

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import pytest
from needs import missing
from processes import House, until

from stories.visiting import password, sign_in

pytestmark = pytest.mark.timeout(120, func_only=True)
"""The first story of all may have to wait until the world is founded."""
AGAIN_MS = 250
"""Between two looks; the modem's daemon finds a text within a second, and needs the machine for it."""
ROWS = 12
DIGITS = tuple("0123456789")
ANSWERS = frozenset(("A", "B", "C", "a", "b", "c", "I", "II", "III", *"가나다ㄱㄴㄷ甲乙丙"))
"""What may stand over the desk's three answers."""
WELL = "0"
SHEET = "**/cards/print/sheet/"
UNREAD = "Their last text could not be read"


@dataclass(frozen=True)
class Paper:
    """What a helper carries: for each row the two digits under each digit."""

    rows: tuple[dict[str, str], ...]

    def prices(self, row: int, number: str, meaning: str = WELL) -> str:
        """A code among prices, as people are taught to write one."""
        rice, beans, salt = (self.rows[row][digit] for digit in number + meaning)
        return f"쌀 {rice}원, 콩 {beans}원, 소금 {salt}원"

    def fits(self, cells: set[str]) -> bool:
        """Whether these could be of one of its rows."""
        return any(cells <= set(row.values()) for row in self.rows)


@dataclass(frozen=True)
class Held:
    """A card in its holder's hands: where its page is, the paper, and the two numbers that were told."""

    page: str
    paper: Paper
    own: str
    false: str


def test_a_card_lives_from_the_printer_to_the_quarantine(house, phone, screen, new_context, capsys):
    began = time.monotonic()
    desk = Desk(screen, house)
    sign_in(screen, house, "Haneul")

    # The card in use runs out; the next one's first code takes its place.
    screen.goto(f"{house.url}/cards/")
    line = screen.locator("tbody tr", has_text="Issue the next card").filter(has_text="C-").first
    name, before = line.locator("th a").inner_text(), line.locator("th a").get_attribute("href")
    line.get_by_role("link", name="Issue the next card").click()
    first = desk.gives(name, button="Issue the next card")
    number = house.say(name, "well")["number"]
    phone.hear(number=number, text=first.paper.prices(0, first.own))
    desk.sees(first.page, in_use(11))
    desk.sees(before, "text=The next card took its place.")

    # A slip is a row like any other; what cannot be read is asked for again, once.
    phone.hear(number=number, text=first.paper.prices(1, first.own[::-1]))
    desk.sees(first.page, in_use(10))
    call = screen.locator(".crumbs a[href*='/people/']").get_attribute("href").replace("/people/", "/calls/")
    phone.hear(number=number, text="쌀 11원, 콩 22원, 소금 33원")
    desk.sees(call, f"text={UNREAD}")
    screen.get_by_role("button", name="I ask for it, once").click()
    screen.get_by_text("It is asked once.").wait_for()
    screen.goto(house.url + call)
    assert not screen.get_by_text(UNREAD).count(), "it is asked a second time"
    desk.sees(first.page, in_use(10))

    # The paper is lost: another card, with another number.
    desk.stops(first, "Lost", "It is lost", "Its paper is lost.")
    screen.get_by_role("link", name="Issue a card").click()
    second = desk.gives(name, button="Issue a card")
    assert second.page != first.page and second.paper.rows != first.paper.rows
    phone.hear(number=number, text=second.paper.prices(0, second.own))
    desk.sees(second.page, in_use(11))
    after_well = desk.reads()

    # Somebody makes them write: the board warns, and the card looks as before.
    screen.goto(f"{house.url}/now/")
    screen.locator("body[data-stream=open]").wait_for()
    warned = screen.locator(".warning:has(.why)", has_text=name)
    assert not warned.count()
    phone.hear(number=number, text=second.paper.prices(1, second.false))
    warned.first.wait_for()
    assert "duress" in warned.first.locator(".why").inner_text()
    warning = warned.first.locator(".who a").get_attribute("href")
    desk.sees(second.page, in_use(10))
    assert desk.reads() == re.sub(r"\b11(?=/12| rows)", "10", after_well)

    # Whoever has found the lost paper writes by it.
    found = next(row for row in range(2, ROWS) if not second.paper.fits(cells_of(first, row)))
    phone.hear(number=number, text=first.paper.prices(found, first.own))
    desk.sees(warning, "text=A row of an ended card was used")
    for signal in ("A card row read as duress", "A card row with one digit wrong"):
        assert screen.get_by_text(signal).count(), f"a safety officer does not see: {signal}"
    desk.sees(second.page, in_use(10))

    # Custody: no card at all, until two officers say so.
    desk.stops(second, "Captured", "It was captured", "It fell into hostile hands, or its holder did.")
    screen.get_by_role("link", name="In quarantine: look").click()
    screen.get_by_role("heading", name=f"{name} was in custody: no card is issued").wait_for()
    assert not screen.get_by_role("button", name="Issue").count()
    desk.presses("Ask that it ends", leads_to="**/vault/requests/t_*/")
    other = Desk(sign_in(new_context().new_page(), house, "Boram"), house, "Boram")
    other.screen.goto(screen.url)
    other.presses("Sign", leads_to="**/vault/requests/t_*/*signed*")
    screen.reload()
    screen.get_by_role("link", name="End the quarantine").click()
    desk.presses("End the quarantine", leads_to="**/cards/new/p_*/?ended")
    desk.presses("Issue a card", leads_to="**/cards/k_*/?issued")
    screen.get_by_role("heading", name=f"A card for {name}, still at the desk").wait_for()

    assert phone.outgoing() == [], "nothing is ever answered to a phone"
    with capsys.disabled():
        print(f"\nthree cards of {name}: {time.monotonic() - began:.1f} s")


@dataclass(frozen=True)
class Desk:
    """An officer in front of a browser."""

    screen: Any
    house: House
    officer: str = "Haneul"

    def gives(self, name: str, *, button: str) -> Held:
        """From the page on which it is issued, until it is handed over."""
        self.presses(button, leads_to="**/cards/k_*/?issued")
        page = self.screen.url.removeprefix(self.house.url).partition("?")[0]
        self.screen.get_by_role("link", name="Print it").click()
        paper = self.prints(name)
        self.screen.goto(self.house.url + page)
        self.presses("Show the own number", leads_to="**/number/")
        own, false = self.screen.locator(".told b.digits").all_inner_texts()
        self.screen.get_by_role("link", name="Told; put it away").click()
        self.presses("Told, and handed over", leads_to="**/cards/k_*/?handed")
        self.screen.get_by_role("heading", name="its first code is waited for").wait_for()
        return Held(page, paper, own, false)

    def prints(self, name: str) -> Paper:
        """The sheet comes in a page of its own; its bytes are taken on the way, for a browser gives those of its viewer."""
        sheets: list[bytes] = []

        def keep(route: Any) -> None:
            answer = route.fetch()
            assert answer.headers["content-type"] == "application/pdf", answer.text()
            sheets.append(answer.body())
            route.fulfill(response=answer)

        form = self.screen.locator("form[action='/cards/print/sheet/']", has_text=name)
        assert form.locator("[name=cards]:checked").count() == 1
        self._confirms(form)
        context = self.screen.context
        context.route(SHEET, keep)
        with (
            context.expect_page() as opened,
            context.expect_event("response", lambda each: each.url.endswith("/sheet/")),
        ):
            form.get_by_role("button", name="Make the sheet").click()
        opened.value.close()
        context.unroute(SHEET, keep)
        return read(sheets[0])

    def stops(self, card: Held, way: str, button: str, then: str) -> None:
        """One of three ways, a tick, a press."""
        self.screen.goto(self.house.url + card.page)
        chosen = self.screen.locator("details.stop", has_text=way)
        chosen.locator("summary").click()
        chosen.get_by_label("I am sure").check()
        self.presses(button, leads_to="**/cards/k_*/?stopped")
        self.screen.get_by_text(then).wait_for()

    def presses(self, button: str, *, leads_to: str) -> None:
        """A button, with the password again where its form asks for it."""
        pressed = self.screen.get_by_role("button", name=button, exact=True)
        self._confirms(self.screen.locator("form", has=pressed))
        pressed.click()
        self.screen.wait_for_url(leads_to)

    def sees(self, address: str, shown: str) -> None:
        """Looked at again and again, until it is there; no page of cards moves by itself."""

        def look() -> int:
            self.screen.goto(self.house.url + address)
            if not (there := int(self.screen.locator(shown).count())):
                self.screen.wait_for_timeout(AGAIN_MS)
            return there

        until(look, what=f"{shown} on {address}")

    def reads(self) -> str:
        return str(self.screen.locator("main").inner_text())

    def _confirms(self, form) -> None:
        again = form.get_by_label("Your password again")
        if again.count():
            again.fill(password(self.house, self.officer))


def in_use(left: int) -> str:
    """The last step of a card's way, with so many rows left."""
    return f".steps [aria-current=step]:has-text('in use'):has-text('{left}/12')"


def cells_of(card: Held, row: int) -> set[str]:
    return {card.paper.rows[row][digit] for digit in card.own + WELL}


def read(pdf: bytes) -> Paper:
    """As anybody reads it, of whatever look: under each head its column; goods and the next contact stand beside them."""
    if not shutil.which("pdftotext"):
        missing("pdftotext")
    ran = subprocess.run(["pdftotext", "-q", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    lines = [line.split() for line in ran.stdout.decode().splitlines() if line.strip()]
    (at,) = [number for number, line in enumerate(lines) if set(DIGITS) <= set(line)]
    heads = [head for head in lines[at] if head in DIGITS or head in ANSWERS]
    rows = [[word for word in line if re.fullmatch(r"[0-9]{2}", word)] for line in lines[at + 1 :]]
    assert len(rows) == ROWS and {len(row) for row in (heads, *rows)} == {len(DIGITS) + 3}
    return Paper(tuple({head: cell for head, cell in zip(heads, row, strict=True) if head in DIGITS} for row in rows))
