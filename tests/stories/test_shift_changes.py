"""Operation 15 (docs/reference/operations.md): one goes, another comes, each signs on their own session; and
one's own cells leave by two persons.
"""

import io
import time

import pytest
from openpyxl import load_workbook

from stories.visiting import password, sign_in

LINE = "버들 sounded tired; ask twice."
SAYS = {"en": ("Narae", "Beodeul", "Yeoul"), "ko": ("나래", "버들", "여울")}


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "ko"])
def test_a_shift_changes_hands_in_far_less_than_ninety_seconds(duress, screen, new_context, language, capsys):
    comes, _, subject = SAYS[language]
    sign_in(screen, duress, "Haneul", language=language)
    screen.locator("body[data-stream=open]").wait_for()

    began = time.monotonic()
    screen.keyboard.press("KeyB")
    screen.wait_for_url("**/shift/")
    assert screen.locator(".lines.shift").get_by_text(subject).first.is_visible()
    screen.locator("#to").select_option(label=comes)
    screen.locator("#personal").fill(LINE)
    screen.locator("form[action='/shift/hand-over/'] button").click()
    screen.locator("#waits").wait_for()
    gone_s = time.monotonic() - began

    other = sign_in(new_context().new_page(), duress, "Narae", language=language)
    began = time.monotonic()
    other.keyboard.press("KeyB")
    other.wait_for_url("**/shift/")
    assert other.get_by_text(LINE).is_visible()
    other.locator("form[action='/shift/take/'] button").click()
    other.locator("#last").wait_for()
    come_s = time.monotonic() - began

    assert [fact["kind"] for fact in duress.ask("chronicle") if fact["kind"].startswith("home.")][-2:] == [
        "home.shift_handed_over",
        "home.shift_taken",
    ]
    with capsys.disabled():
        print(f"\n{language}: handed over B {gone_s:.2f} s, taken B {come_s:.2f} s, reading and writing apart")
    assert gone_s < 10 and come_s < 10


def test_a_cell_leaves_by_two_persons_and_comes_as_a_workbook(duress, screen, new_context):
    sign_in(screen, duress, "Haneul")
    screen.goto(f"{duress.url}/export/")
    screen.get_by_label("N-2").check()
    screen.get_by_role("button", name="Ask, and sign first").click()
    screen.wait_for_url("**/vault/requests/t_*/")
    other = sign_in(new_context().new_page(), duress, "Boram")
    other.goto(screen.url)
    assert other.get_by_text("These cells leave this machine as a file (XLSX): N-2.").is_visible()
    if other.locator("#sign-password").count():
        other.locator("#sign-password").fill(password(duress, "Boram"))
    other.get_by_role("button", name="Sign").click()
    screen.goto(f"{duress.url}/export/")
    with screen.expect_download() as download:
        screen.get_by_role("button", name="Make the file now").click()
    assert download.value.suggested_filename == "table.xlsx"
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert "Beodeul" in [cell.value for cell in book["helpers"]["A"]]
