"""A helper forced to write at night is heard: from a modem's daemon to the board, before anybody has done anything.

Every part is a process of its own; nothing of the house is imported here.
"""

import time
from pathlib import Path

from processes import ojak, until

from stories.visiting import choose, row

HANGUL = "오늘은 일찍 잡니다. 내일 시장에서 봐요. " * 4


def test_a_text_under_duress_becomes_warnings_on_an_open_board(house, phone, screen, capsys):
    screen.goto(house.ready["enter"])
    choose(screen, "en")
    screen.get_by_role("button", name="Sit down").click()
    screen.locator("body[data-stream=open]").wait_for()
    assert row(screen, "Yeoul").count() == 0
    screen.evaluate("document.body.dataset.sameLoad = 'yes'")
    sms = house.say("Beodeul", "duress")

    phone.hear(**sms)
    began = time.monotonic()
    row(screen, "Yeoul").wait_for()
    row(screen, "Noeul").wait_for()

    with capsys.disabled():
        print(f"\nSMS in the phone -> rows on the board: {time.monotonic() - began:.2f} s")
    assert screen.evaluate("document.body.dataset.sameLoad") == "yes", "the page was loaded again"
    until(lambda: shown(screen) == told(house), within_s=5, what="agreement between board and twin")
    assert {"Yeoul", "Noeul"} <= {each["code_name"] for each in house.board()["warnings"]}
    assert phone.outgoing() == [], "nothing is ever answered to a phone"
    assert (house.home / "vault.db").read_bytes()[:16] != b"SQLite format 3\0"
    screen.goto("about:blank")
    house.stop()
    assert ojak("audit", "verify", home=house.home).code == 0


def test_long_hangul_in_several_parts_becomes_one_message(house, phone):
    number, before = house.say("Beodeul", "well")["number"], house.board()["seq"]

    phone.hear(number=number, text=HANGUL)

    spool = Path(house.ready["spool"])
    until(lambda: house.board()["seq"] > before and not any(spool.iterdir()), within_s=15, what="the message")
    kinds = [fact["kind"] for fact in house.ask("chronicle", "--since", str(before))]
    assert kinds.count("contact.message_received") == 1 and "contact.file_unreadable" not in kinds
    assert phone.outgoing() == []


def shown(screen) -> set[tuple[str, ...]]:
    """Subject, deadline, state of every row of the board."""
    read = "rows => rows.map(row => [row.dataset.subject, row.dataset.deadline, row.dataset.state])"
    return {tuple(each) for each in screen.locator(".warning").evaluate_all(read)}


def told(house) -> set[tuple[str, ...]]:
    return {(each["subject"], each["deadline"] or "", each["state"]) for each in house.board()["warnings"]}
