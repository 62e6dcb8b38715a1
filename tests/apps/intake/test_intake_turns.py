"""Two children read at most, for the whole desk: a third file waits for its turn, and is told so when that takes long."""

from threading import Event, Thread

import pytest

from ojakgyo.apps.intake.reading import child
from ojakgyo.domain.errors import Refused


def test_a_third_file_waits_and_is_refused_in_the_end_and_a_child_that_failed_leaves_its_turn(monkeypatch):
    begun, go_on = [], Event()

    def reads(words, written):
        begun.append(written)
        assert go_on.wait(10)
        raise Refused("intake.file_heavy")

    def asks(written, said):
        with pytest.raises(Refused) as refused:
            child._asked([], written)
        said.append(refused.value.code)

    monkeypatch.setattr(child, "_answered", reads)
    said, third = [], []
    two = [Thread(target=asks, args=(written, said)) for written in (b"1", b"2")]
    for each in two:
        each.start()
    monkeypatch.setattr(child, "WAITS_S", 0.05)
    asks(b"3", third)
    assert (third, sorted(begun)) == (["house.busy"], [b"1", b"2"])
    monkeypatch.setattr(child, "WAITS_S", 10.0)
    waiting = Thread(target=asks, args=(b"4", third))
    waiting.start()
    go_on.set()
    for each in (*two, waiting):
        each.join(10)
    assert (said, third) == (2 * ["intake.file_heavy"], ["house.busy", "intake.file_heavy"])
