"""Somebody new in half a minute, and what the cell's page says afterwards (docs/reference/operations.md, operation 13)."""

import time

import pytest

from stories.visiting import sign_in

SECONDS = 30
CELL = {"en": "N-1 · N1", "ko": "N-1 · N1"}
MISSING = {"en": "Nobody can warn", "ko": "에게 알릴"}


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_a_helper_is_added_within_thirty_seconds(duress, screen, language):
    sign_in(screen, duress, "Haneul", language=language)
    began, keys = time.monotonic(), 0

    def press(*pressed: str) -> int:
        for key in pressed:
            screen.keyboard.press(key)
        return len(pressed)

    keys += press("n")
    screen.wait_for_url("**/people/new/")
    name = screen.locator("#code-name").input_value()
    screen.locator("#cell").select_option(label=CELL[language])
    number = f"138 0013 80{'10' if language == 'ko' else '20'}"
    screen.locator("#phone").press_sequentially(number)
    screen.locator("#first").fill("2027-01-10T21:00")
    keys += len(number) + 12
    screen.locator("#first").press("Enter")
    screen.wait_for_url("**/people/p_*/?added")
    assert time.monotonic() - began < SECONDS
    assert keys < 40
    assert screen.locator("h1").inner_text() == name
    screen.locator(".crumbs a[href*='/cells/c_']").click()
    assert name in screen.locator("table.figures").inner_text()
    gaps = screen.locator("section[aria-labelledby=gaps]").inner_text()
    assert name in gaps
    print(f"{language}: {keys} keys, {time.monotonic() - began:.1f} s")
