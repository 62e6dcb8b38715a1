"""Find and what is half typed, in a browser: by keys alone, in the middle of a syllable, through a reload and a key drop."""

from stories.visiting import sign_in

AXE_HERE = "[role=option][aria-selected=true]"


def compose(screen, *steps: str) -> None:
    """Type as an input method does: each step stands in the place of the one before, and the last is not ended yet."""
    keys = screen.context.new_cdp_session(screen)
    for step in steps:
        keys.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})


def test_the_palette_opens_by_key_follows_hangul_and_leads_there(night, screen):
    sign_in(screen, night, "Haneul", language="ko")
    screen.keyboard.press("/")
    screen.locator("#palette-what").wait_for()
    compose(screen, "ㄴ", "노", "농", "노으")
    chosen = screen.locator(AXE_HERE)
    chosen.filter(has_text="노을").wait_for()
    screen.context.new_cdp_session(screen).send("Input.insertText", {"text": "노을"})
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("ArrowUp")
    chosen.filter(has_text="노을").wait_for()
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/watch/w_*/")
    screen.keyboard.press("Control+k")
    screen.locator("#palette-what").fill("keys")
    chosen.filter(has_text="?").wait_for()
    screen.keyboard.press("Escape")
    screen.locator("#palette-what").wait_for(state="hidden")
    screen.keyboard.press("?")
    screen.wait_for_url("**/help/")


def test_a_half_typed_form_is_offered_back_and_the_scratch_line_stays(night, screen):
    sign_in(screen, night, "Boram")
    screen.goto(f"{night.url}/log/")
    with screen.expect_response("**/drafts/log/"):
        screen.locator("#line").fill("Kkachi3 4839")
    with screen.expect_response("**/scratch/"):
        screen.locator("#scratch").fill("ring at nine")
    screen.goto(f"{night.url}/log/")
    assert screen.locator("#scratch").input_value() == "ring at nine"
    screen.locator("[data-put-back]").click()
    assert screen.locator("#line").input_value() == "Kkachi3 4839"
    screen.goto(f"{night.url}/log/")
    with screen.expect_response("**/drafts/log/"):
        screen.locator("[data-drop]").click()
    screen.reload()
    screen.locator("#line").wait_for()
    assert screen.locator("[data-put-back]").count() == 0
    assert screen.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
