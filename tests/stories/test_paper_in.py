"""Paper in, by an officer in a browser: a file is sent, looked at, taken, used, and taken back; once in each language."""

import csv
import io
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from processes import House, copy_of

from stories.visiting import sign_in

sys.path.insert(0, str(Path(__file__).parents[1] / "apps" / "intake"))
from workbooks import workbook

HELPERS, MEETINGS, PHONES = 200, 2_000, 40
STAYED = "section[aria-labelledby=kept] li"
TIRED_MS = 30_000


@pytest.fixture(scope="module")
def desk(founded, tmp_path_factory):
    with House("demo", home=copy_of(founded.home, tmp_path_factory.mktemp("paper") / "home")) as house:
        yield house.wait()


def day(ago: int) -> date:
    return date.today() - timedelta(days=ago)


def big() -> bytes:
    """200 helpers, the first with a code name, and 2,000 meetings; four rows of helpers more: one wrong, three hidden."""
    helpers = [["가명", "조", "이름", "전화 (중국)"], ["까치-77", "N-2", "지어낸 0", "13912340000"]]
    phones = [f"1391234{each:04}" if each < PHONES else "" for each in range(HELPERS)]
    helpers += [["", "N-2", f"지어낸 {each}", phones[each]] for each in range(1, HELPERS)]
    helpers += [["", "X-9", "지어낸 이웃", ""], *(["", "N-2", f"숨은 {each}", ""] for each in range(3))]
    pairs = [(one % HELPERS, (one + 1 + one // HELPERS) % HELPERS) for one in range(MEETINGS)]
    meetings = [["누가", "누구와", "언제"]]
    meetings += [[f"지어낸 {one}", f"지어낸 {other}", day(2 + at % 50)] for at, (one, other) in enumerate(pairs)]

    def more(sheet):
        for row in range(HELPERS + 3, HELPERS + 6):
            sheet.row_dimensions[row].hidden = True
        met = sheet.parent.create_sheet("만남")
        for row in meetings:
            met.append(row)

    return workbook(helpers, more, name="조력자")


def small() -> bytes:
    written = io.StringIO()
    rows = [["code name", "cell", "name", "phone"], ["Kkachi78", "N-2", "Made up", "+8613912351111"]]
    csv.writer(written).writerows([*rows, ["Morae78", "N-2", "Made up too", ""], ["Danbi78", "X-9", "", ""]])
    return written.getvalue().encode()


def send(screen, name: str, written: bytes) -> None:
    """Read a file, as anybody would; ends on its page."""
    screen.goto(screen.url.split("/now/")[0] + "/intake/")
    screen.locator("#sheet").set_input_files({"name": name, "mimeType": "", "buffer": written})
    screen.locator("form[action='/intake/'] button.main").click(timeout=TIRED_MS)
    screen.wait_for_url("**/intake/b_*/", timeout=TIRED_MS)


def take(screen) -> str:
    """Write what the page says; the page's address."""
    address = screen.url
    screen.locator("form[action$='/apply/'] button.main").click(timeout=TIRED_MS)
    screen.locator("#back").wait_for(timeout=TIRED_MS)
    return address


def is_in_touch(screen, line: str, noted: str, address: str, why: str) -> None:
    """Type a text that came by telephone, and wait until the file's page knows."""
    screen.wait_for_load_state()
    screen.keyboard.press("KeyL")
    screen.wait_for_url("**/log/")
    screen.locator("#line").fill(line)
    screen.keyboard.press("Enter")
    screen.get_by_text(noted).wait_for()
    end = time.monotonic() + 20
    while why not in screen.goto(address).text():
        assert time.monotonic() < end, "the desk has not read the line"
        screen.wait_for_timeout(200)


def undo(screen) -> str:
    """Take it back; what the page says then."""
    screen.locator("form[action$='/undo/'] button").click(timeout=TIRED_MS)
    screen.locator(STAYED).first.wait_for(timeout=TIRED_MS)
    return screen.locator("main").inner_text()


@pytest.mark.slow
def test_a_workbook_of_200_helpers_and_2000_meetings_comes_in_is_used_and_is_taken_back(desk, screen):
    began = time.monotonic()
    sign_in(screen, desk, "Haneul", language="ko")
    send(screen, "조력자 명단.xlsx", big())
    read = time.monotonic()
    page = screen.locator("main").inner_text()
    assert f"{HELPERS + MEETINGS + 4}줄 가운데 {HELPERS + MEETINGS}줄을 가져올 수 있습니다" in page
    assert "숨긴 줄이 3줄 있습니다" in page
    chosen = {at: screen.locator(f"select[name=s1-c{at}]").input_value() for at in range(1, 5)}
    assert chosen == {1: "code_name", 2: "cell", 3: "name", 4: "phone"}
    found = screen.locator("section[aria-labelledby=found] li")
    assert f"{HELPERS + 2}줄, B열" in found.first.inner_text()
    assert found.filter(has_text="intake.row_hidden").count() == 3
    assert "지어낸" not in page
    address = take(screen)
    taken = time.monotonic()
    assert f"조력자 {HELPERS}명, 전화 {PHONES}대" in " ".join(screen.locator("h1").inner_text().split())
    is_in_touch(screen, "까치77 483907", "기록했습니다.", address, "연락이 있었음")
    assert (
        f"조력자 {HELPERS - 1}명, 전화 {PHONES - 1}대" in screen.locator("section[aria-labelledby=back]").inner_text()
    )
    page = undo(screen)
    stayed = screen.locator(STAYED).all_inner_texts()
    assert f"되돌렸습니다. {len(stayed)}건은 남았습니다" in page
    assert {each.split()[0] for each in stayed} == {"까치-77"}
    assert "연락이 있었음" in screen.locator(STAYED).first.inner_text()
    screen.locator(f"{STAYED} a").first.click()
    screen.wait_for_url("**/people/p_*/")
    assert "까치-77" in screen.locator("h1").inner_text()
    print(f"read {read - began:.1f} s, taken {taken - read:.1f} s, all {time.monotonic() - began:.1f} s")


def test_a_list_in_english_comes_in_is_used_and_is_taken_back(desk, screen):
    sign_in(screen, desk, "Haneul")
    send(screen, "helpers.csv", small())
    page = screen.locator("main").inner_text()
    assert "2 rows of 3 can be taken" in page
    assert "row 4, column B" in page
    assert "Made up" not in page
    address = take(screen)
    assert "2 helpers, 1 phone," in " ".join(screen.locator("h1").inner_text().split())
    is_in_touch(screen, "Kkachi78 483907", "Noted.", address, "has been in touch")
    assert "It would remove 1 helper" in screen.locator("section[aria-labelledby=back]").inner_text()
    page = undo(screen)
    assert f"Taken back; {screen.locator(STAYED).count()} stayed" in page
    assert "Morae-78" not in page
    assert "has been in touch" in screen.locator(STAYED, has_text="Kkachi-78").first.inner_text()
