"""Cards on paper: what stands there, that nothing else does, who may print, and that it lies in no file afterwards."""

import itertools
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from needs import missing
from world import night, night_kept, told

from ojakgyo.apps.cards.actions import issue_card
from ojakgyo.apps.cards.models import Card
from ojakgyo.apps.cards.printing import acts, child, habits, queries, sheets
from ojakgyo.apps.cards.printing.said import SHEETS
from ojakgyo.apps.cards.stock import opened
from ojakgyo.apps.network.queries import people_of
from ojakgyo.apps.vault import cookies
from ojakgyo.apps.vault.actions import sessions
from ojakgyo.apps.vault.seats import CONFIRMED_S, seats
from ojakgyo.domain.cards import codebook, layouts
from ojakgyo.domain.cards.replay import replay_key
from ojakgyo.domain.errors import NotHeld, Refused
from ojakgyo.domain.facts import CardPrinted, PrintForm
from ojakgyo.domain.names.words import WORDS
from ojakgyo.domain.sealing import ratchet
from ojakgyo.domain.sealing.ring import Ring
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import CellId
from ojakgyo.store import keyholder

__all__ = ["night", "night_kept"]

GOLDEN = Path(__file__).parents[2] / "vectors" / "cards" / "sheet.pdf"
CARD, COPYING = PrintForm.CARD, PrintForm.COPYING


def invented(number: int):
    """A card of a secret that is only a number, as it is handed to the printer; and its text."""
    secret = number.to_bytes(32, "big")
    layout = layouts.drawn(replay_key(secret))
    lines = layouts.table(layout, codebook.rows_ahead(ratchet.start(secret), codebook.ROWS))
    return layout, lines


def read(pdf: bytes, *more: str) -> list[list[str]]:
    """The words of each line, as another program reads them."""
    if not shutil.which("pdftotext"):
        missing("pdftotext")
    ran = subprocess.run(["pdftotext", "-q", "-layout", *more, "-", "-"], input=pdf, capture_output=True, check=True)
    return words(ran.stdout.decode())


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.replace("\f", "\n").splitlines() if line.strip()]


@pytest.fixture
def in_process(monkeypatch):
    """Drawn here: to start the child takes half a second. That it draws the same is one test's."""
    monkeypatch.setattr(child, "write_sheets", sheets.sheets)
    monkeypatch.setattr(child, "write_habits", habits.habits)


@pytest.fixture
def issued(night, in_process):
    """Three new cards of C-2 and C-1, two of N-2, by code name; nothing is printed yet."""
    names = ("Haebaragi", "Durumi", "Galmae-3", "Beodeul", "Yeoul")
    return {name: issue_card(night.desk("Haneul"), person=night.person(name)) for name in names}


def code_of(work) -> str:
    with pytest.raises((Refused, NotHeld)) as refused:
        work()
    return refused.value.code


# What stands on the paper --------------------------------------------------------------------------------------------


def test_a_sheet_is_drawn_as_it_was():
    """A golden change is read: the page is not compressed, and can be."""
    assert sheets.sheets(CARD, [invented(0), invented(2)]) == GOLDEN.read_bytes()


def test_another_program_reads_the_rows_that_the_command_prints():
    """One a sheet, large; those of the small size are read below."""
    cards = [invented(number) for number in range(24)]
    if not shutil.which("pdftotext"):
        missing("pdftotext")
    ran = subprocess.run(
        ["pdftotext", "-q", "-layout", "-", "-"], input=sheets.sheets(COPYING, cards), capture_output=True, check=True
    )
    sheets_read = ran.stdout.decode().split("\f")
    assert [words(each) for each in sheets_read[:-1]] == [words(layouts.text(*each)) for each in cards]


def test_ten_cards_lie_on_a_sheet_in_the_order_they_were_asked_for():
    cards = [invented(number) for number in range(11)]
    made = sheets.sheets(CARD, cards)
    wide, high = (round(side) for side in sheets.CARD)
    left, top = round((595.28 - 2 * sheets.CARD[0]) / 2), round((841.89 - 5 * sheets.CARD[1]) / 2)
    for number, (layout, lines) in enumerate(cards):
        across, down, sheet = number % 2, number % 10 // 2, str(number // 10 + 1)
        cut = (
            "-r",
            "72",
            "-x",
            str(left + across * wide),
            "-y",
            str(top + down * high),
            "-W",
            str(wide),
            "-H",
            str(high),
        )
        assert read(made, "-f", sheet, "-l", sheet, *cut) == words(layouts.text(layout, lines)), number


def test_the_same_cards_give_the_same_bytes_and_others_give_others():
    one, other = [sheets.sheets(CARD, [invented(number)]) for number in (1, 2)]
    assert sheets.sheets(CARD, [invented(1)]) == one != other


@pytest.mark.parametrize("made", [lambda: sheets.sheets(COPYING, [invented(1)]), lambda: habits.habits("ko")])
def test_a_page_tells_nothing_about_itself(made):
    pdf = made()
    assert (
        re.findall(rb"/(?:Title|Author|Creator|Producer|Subject|Keywords|CreationDate|ModDate|Metadata|ID|Lang)\b", pdf)
        == []
    )
    assert not re.search(rb"report\s?lab|opensource|python|ojak", pdf, re.IGNORECASE)
    carried = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", pdf))
    assert carried <= {b"BitstreamVeraSans-Roman"}, "a font of this machine went along"
    if shutil.which("pdfinfo"):
        told_by_it = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        assert not re.search(r"^(Title|Author|Creator|Producer|CreationDate|ModDate):", told_by_it, re.M)


def test_no_cell_is_drawn_outside_its_card():
    """All of the two hundred layouts, the widest too."""
    wide, high = sheets.CARD
    rows = codebook.rows_ahead(ratchet.start(bytes(32)), codebook.ROWS)
    for number in range(200):
        layout = layouts.drawn(replay_key(number.to_bytes(32, "big")))
        lines = layouts.table(layout, rows)
        columns = sheets._Columns(layout, lines, sheets._EDGE, wide - 2 * sheets._EDGE)
        assert columns.right <= wide - sheets._EDGE + 0.01
        assert columns.gap >= 0.2 * columns.size, "columns run into each other"
        heights = sheets._heights(layout, len(lines), sheets._EDGE, high - 2 * sheets._EDGE)
        assert heights[-1] > sheets._EDGE
        assert min(a - b for a, b in itertools.pairwise(heights)) > columns.size


def test_a_font_that_stands_in_for_another_moves_no_column():
    """Each text is placed by itself: seen in a viewer that has no Helvetica, rows had drifted away from their heads."""
    for number in range(20):
        made = sheets.sheets(CARD, [invented(number)])
        assert b"TJ" not in made
        lines = re.findall(rb"Tm ((?:\([^)]*\) Tj ?[\d. ]*(?: 0 Td )?)+)ET", made)
        steps = {tuple(re.findall(rb"([\d.]+) 0 Td", line)) for line in lines if line.count(b"Tj") > 1}
        assert len(steps) == 1
        (step,) = steps
        assert len(step) >= 13
        assert min(map(float, step)) >= 2 * sheets._DIGIT * 7.4


# Who prints, and what is written down --------------------------------------------------------------------------------


def test_a_printed_card_is_what_its_state_says_and_is_written_down(night, issued):
    made = acts.print_cards(night.desk("Narae"), cards=[issued["Haebaragi"]], form=CARD)
    card = Card.objects.get(pk=issued["Haebaragi"])
    stand = opened(keyholder.ring().state_key(), card)
    assert read(made) == words(queries.rows_text(stand))
    assert card.printed_ms == night.now
    (fact,) = told(CardPrinted)
    assert fact == CardPrinted(card=issued["Haebaragi"], person=night.person("Haebaragi"), form=CARD, row=0)
    before = card.touched
    assert acts.print_cards(night.desk("Narae"), cards=[issued["Haebaragi"]], form=CARD) == made, "not the same again"
    assert Card.objects.get(pk=issued["Haebaragi"]).touched > before


def test_rows_that_are_gone_are_not_printed(night, issued):
    """The state goes on by one row: eleven are left, each under the name it had."""
    whole = queries.rows_text(opened(keyholder.ring().state_key(), Card.objects.get(pk=issued["Durumi"]))).splitlines()
    card = Card.objects.get(pk=issued["Durumi"])
    stand = opened(keyholder.ring().state_key(), card)
    from ojakgyo.apps.cards.stock import seal_state, touch

    state = codebook.state_after(stand.state, 1)
    touch(card.pk, row=1, state=seal_state(night.desk("Haneul"), card.pk, state=state, replay_key=stand.replay_key))
    made = acts.print_cards(night.desk("Haneul"), cards=[issued["Durumi"]], form=COPYING)
    used = whole[-codebook.ROWS].split()
    assert read(made) == [line.split() for line in whole if line.split() != used]
    assert told(CardPrinted)[0].row == 1


def test_no_own_number_is_opened_to_print(night, issued, monkeypatch):
    monkeypatch.setattr(Ring, "number_key", lambda _: pytest.fail("printing asked for the own number"))
    assert acts.print_cards(night.desk("Haneul"), cards=[issued["Galmae-3"]], form=CARD)
    page = seated(night, "Haneul").get("/cards/print/")
    assert page.status_code == 200


def test_only_who_holds_the_cell_prints_and_nothing_is_drawn_before(night, issued, monkeypatch):
    monkeypatch.setattr(child, "write_sheets", lambda *_: pytest.fail("a sheet was drawn"))
    narae = night.desk("Narae")
    assert code_of(lambda: acts.print_cards(narae, cards=[issued["Beodeul"]], form=COPYING)) == "vault.not_held"
    both = [issued["Haebaragi"], issued["Beodeul"]]
    assert code_of(lambda: acts.print_cards(narae, cards=both, form=COPYING)) == "vault.not_held"
    keyless = night.keyless("Haneul")
    assert code_of(lambda: acts.print_cards(keyless, cards=[issued["Haebaragi"]], form=CARD)) == "vault.not_held"
    assert told(CardPrinted) == []


def test_one_cell_at_a_time_and_one_card_at_least(night, issued, monkeypatch):
    monkeypatch.setattr(child, "write_sheets", lambda *_: pytest.fail("a sheet was drawn"))
    haneul, both = night.desk("Haneul"), [issued["Haebaragi"], issued["Galmae-3"]]
    assert code_of(lambda: acts.print_cards(haneul, cards=both, form=CARD)) == "cards.too_many"
    assert code_of(lambda: acts.print_cards(haneul, cards=[], form=CARD)) == "cards.none_chosen"


def test_a_card_in_its_holders_hands_is_printed_no_more(night, issued):
    """The one of the founding is in use, this one was handed over a moment ago, that one is ended."""
    haneul = night.desk("Haneul")
    Card.objects.filter(pk=issued["Durumi"]).update(handed_ms=night.now)
    Card.objects.filter(pk=issued["Galmae-3"]).update(in_use="burnt")
    for card, code in (
        (night.ids.cards["Haebaragi"], "cards.handed_over"),
        (issued["Durumi"], "cards.handed_over"),
        (issued["Galmae-3"], "cards.card_over"),
    ):
        assert code_of(lambda card=card: acts.print_cards(haneul, cards=[card], form=CARD)) == code


def test_a_card_that_is_handed_over_while_it_is_drawn_is_not_given_away(night, issued, monkeypatch):
    def slowly(form, cards):
        Card.objects.filter(pk=issued["Durumi"]).update(handed_ms=night.now)
        return sheets.sheets(form, cards)

    monkeypatch.setattr(child, "write_sheets", slowly)
    code = code_of(lambda: acts.print_cards(night.desk("Haneul"), cards=[issued["Durumi"]], form=CARD))
    assert (code, told(CardPrinted)) == ("cards.handed_over", [])


def test_in_the_north_a_card_in_a_pocket_takes_a_warning_that_was_read(night, issued):
    haneul, card = night.desk("Haneul"), issued["Beodeul"]
    assert code_of(lambda: acts.print_cards(haneul, cards=[card], form=CARD)) == "cards.warned_first"
    assert acts.print_cards(haneul, cards=[card], form=COPYING)
    assert acts.print_cards(haneul, cards=[card], form=CARD, warned=True)
    assert acts.print_cards(haneul, cards=[issued["Durumi"]], form=CARD), "China needs no tick"


# The child ------------------------------------------------------------------------------------------------------------


def test_the_child_draws_the_same_and_opens_no_file_to_write(tmp_path):
    """Under strace: what is opened once it has read its task is nothing; what is opened before is only read."""
    if not shutil.which("strace"):
        missing("strace")
    cards = [invented(number) for number in range(3)]
    task = {"form": "card", "cards": [{"layout": layouts_as_dict(layout), "lines": lines} for layout, lines in cards]}
    trace = tmp_path / "trace"
    follow = ["strace", "-f", "-qq", "-e", "trace=open,openat,creat,mkdir,mkdirat,rename,renameat2,memfd_create,socket"]
    ran = subprocess.run(
        [*follow, "-o", str(trace), *child.COMMAND],
        input=json.dumps(task).encode(),
        capture_output=True,
        env=child.SURROUNDINGS,
        check=True,
    )
    assert ran.stdout == sheets.sheets(CARD, cards) == child.write_sheets(CARD, cards)
    done = [line for line in trace.read_text().splitlines() if "SIGCHLD" not in line]
    assert len(done) > 100, "nothing was traced"
    assert [
        line for line in done if re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|mkdir|rename|memfd|socket\(", line)
    ] == []


def layouts_as_dict(layout):
    return {name: getattr(layout, name) for name in layout.__slots__}


def test_a_child_that_fails_prints_nothing(night, issued, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(child, "COMMAND", ("/bin/false",))
    code = code_of(lambda: acts.print_cards(night.desk("Haneul"), cards=[issued["Durumi"]], form=CARD))
    assert (code, told(CardPrinted)) == ("cards.not_drawn", [])


# How it is used -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", SHEETS)
def test_the_sheet_of_habits_is_one_page_and_betrays_nobody(language):
    made = habits.habits(language)
    assert made == habits.habits(language)
    assert made.count(b"/Type /Page\n") == 1
    assert min(float(y) for y in re.findall(rb"1 0 0 1 [\d.]+ (-?[\d.]+) Tm", made)) > 40
    text = " ".join(word for line in read(made) for word in line)
    named = ["오작교", "ojak", "카드", "card", "desk", "duress", "협박", "강요", "胁迫", "北朝鲜", "북한", "NGO"]
    assert not [word for word in named if word.lower() in text.lower()]
    assert not [word for word in WORDS if len(word) > 2 and word in text]
    for told_there in ("41 84 52", "60", "7.20", *"0134678"):
        assert told_there in text


def test_the_invented_row_of_the_sheet_is_one_that_a_card_could_have():
    """No cell is another's mirror, none has twice the same digit, no two share a first or a last one."""
    from ojakgyo.apps.cards.printing.said import EXAMPLE

    cells = EXAMPLE[1]
    assert len({cell[0] for cell in cells}) == len({cell[1] for cell in cells}) == 10
    assert not {cell[::-1] for cell in cells} & set(cells)


def test_every_head_of_an_answer_is_explained_on_the_sheet():
    from ojakgyo.apps.cards.printing.said import HEADS

    for heads in layouts.ANSWER_HEADS:
        for place, head in enumerate(heads):
            assert head in HEADS[place].split(", ")


@pytest.mark.parametrize("language", SHEETS)
def test_every_way_a_next_contact_is_printed_stands_on_the_sheet(language):
    """Seven days at twenty, as `layouts.table` writes it in every layout there is."""
    row = replace(codebook.rows_ahead(ratchet.start(bytes(32)), 1)[0], gap=7, hour=20)
    ways = set()
    for number in range(60):
        layout = layouts.drawn(replay_key(number.to_bytes(32, "big")))
        at = next(place for place, head in enumerate(layouts.heads(layout)) if head.holds is layouts.Holds.CONTACT)
        ways.add(layouts.table(layout, [row])[1][at])
    assert len(ways) == len(layouts.BETWEEN)
    said = " ".join(line for section in SHEETS[language].sections for line in section.lines if isinstance(line, str))
    assert not [way for way in ways if way not in said]


# The page -------------------------------------------------------------------------------------------------------------


def seated(night, officer: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[cookies._name()] = sessions.sit_down(night.ids.officers[officer])
    client.post("/language/", {"language": "en"})
    return client


def written(card) -> str:
    return ids.text("k", card)


def test_the_page_offers_the_cards_of_ones_own_cells_that_nobody_has_yet(night, issued):
    html = seated(night, "Narae").get("/cards/print/").content.decode()
    assert "3 cards are in nobody's hands yet" in html
    shown = set(re.findall(r'name="cards" value="(k_\w+)"', html))
    assert shown == {written(issued[name]) for name in ("Haebaragi", "Durumi", "Galmae-3")}
    assert "N-2" not in html
    assert "Beodeul" not in html


def test_for_a_cell_in_the_north_private_questions_come_first(night, issued):
    html = seated(night, "Haneul").get("/cards/print/").content.decode()
    start = html.index(ids.text("c", night.ids.cells["N-2"]))
    north = html[start : html.index("</section>", start)]
    questions = f"/cards/questions/{ids.text('p', night.person('Beodeul'))}/"
    assert north.index("proof of spying") < north.index(questions) < north.index("<details>") < north.index("<form")
    assert 'value="copying" checked' in north
    assert re.findall(r'name="cards"[^>]*checked', north) == []
    assert 'name="warned"' in north
    start = html.index(ids.text("c", night.ids.cells["C-2"]))
    china = html[start : html.index("</section>", start)]
    assert 'value="card" checked' in china
    assert 'name="warned"' not in china


def arrangement(html: str) -> tuple[list[str], list[str], list[str]]:
    """The cells from above, what is ticked, and where the one main button stands."""
    parts = re.split(r'<section class="sheet stack" aria-labelledby="(c_\w+)"', html)
    cells = list(zip(parts[1::2], parts[2::2], strict=True))
    ticked = re.findall(r'value="(k_\w+)" checked', html)
    return [cell for cell, _ in cells], ticked, [cell for cell, part in cells if "button main" in part]


def test_a_cell_in_which_nothing_is_ticked_comes_last_and_is_not_primary(night, issued):
    c1, c2, n2 = (ids.text("c", night.ids.cells[code]) for code in ("C-1", "C-2", "N-2"))
    client = seated(night, "Haneul")
    cells, ticked, main = arrangement(client.get("/cards/print/").content.decode())
    first = cells[0]
    assert cells[2] == n2 and main == [first] and len(ticked) == 3
    own = [issued[name] for name in ("Haebaragi", "Durumi", "Galmae-3")]
    at_first = set(people_of([CellId(ids.parse_kind("c", first))])[CellId(ids.parse_kind("c", first))])
    within = [card for card in own if Card.objects.get(pk=card).person_id in at_first]
    Card.objects.filter(pk__in=within).update(printed_ms=night.now)
    cells, ticked, main = arrangement(client.get("/cards/print/").content.decode())
    assert cells[0] == ({c1, c2} - {first}).pop() == main[0] and len(main) == 1
    assert set(ticked) == {written(card) for card in own if card not in within}


def test_the_card_one_comes_from_is_first_ticked_and_primary(night, issued):
    client = seated(night, "Haneul")
    for name in issued:
        page = client.get(f"/cards/print/?card={written(issued[name])}").content.decode()
        cells, ticked, main = arrangement(page)
        assert main == cells[:1], name
        assert ticked[0] == written(issued[name]) == re.search(r'name="cards" value="(k_\w+)"', page)[1], name
        first = page.partition('class="sheet stack"')[2].partition("</section>")[0]
        assert re.findall(r'value="(k_\w+)" checked', first) == [written(issued[name])], "alone of its cell"
    for odd in ("x", "k_0000000000001", ids.text("p", night.person("Beodeul"))):
        assert client.get(f"/cards/print/?card={odd}").status_code == 200


def test_the_sheet_comes_as_a_page_to_print_that_nobody_keeps(night, issued):
    client = seated(night, "Narae")
    cards = [written(issued["Haebaragi"]), written(issued["Durumi"])]
    made = client.post("/cards/print/sheet/", {"cards": cards, "form": "card"})
    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert made["Cache-Control"] == "no-store"
    assert made["Content-Disposition"] == 'inline; filename="list.pdf"'
    state_key = keyholder.ring().state_key()
    papers = [queries.paper(state_key, Card.objects.get(pk=issued[name])) for name in ("Haebaragi", "Durumi")]
    assert made.content == sheets.sheets(CARD, papers)
    assert len(told(CardPrinted)) == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"form": "card"}, "No card is chosen."),
        ({"form": "poster", "cards": ["Durumi"]}, "The form is not complete."),
        ({"form": "card", "cards": ["p_0000000000000"]}, "The form is not complete."),
        ({"form": "card", "cards": ["Beodeul"]}, "A printed table of digits is itself a danger there."),
        ({"form": "card", "cards": ["Durumi", "Galmae-3"]}, "These cards belong to more than one cell."),
    ],
)
def test_what_cannot_be_printed_is_said_on_the_page(night, issued, typed, sentence):
    known = {name: written(card) for name, card in issued.items()}
    typed = typed | {"cards": [known.get(each, each) for each in typed.get("cards", [])]}
    answer = seated(night, "Haneul").post("/cards/print/sheet/", typed)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert told(CardPrinted) == []


def test_after_five_minutes_the_password_is_asked_for_again(night, issued, monkeypatch):
    client, tick = seated(night, "Haneul"), seats._tick
    monkeypatch.setattr(seats, "_tick", lambda: tick() + CONFIRMED_S + 1)
    typed = {"cards": [written(issued["Durumi"])], "form": "card"}
    assert client.post("/cards/print/sheet/", typed).status_code == 409
    assert told(CardPrinted) == []
    assert client.post("/cards/print/sheet/", typed | {"password_again": "of Haneul"}).status_code == 200


def test_a_look_prints_nothing(night, issued):
    client = seated(night, "Haneul")
    assert client.get("/cards/print/sheet/").status_code == 405
    assert client.get("/cards/print/habits/ko/")["Content-Type"] == "application/pdf"
    assert client.get("/cards/print/habits/xx/").status_code == 404
    assert told(CardPrinted) == []
