"""Two decoders on one vault, each a process of its own: no row is accepted twice, whichever of them is first."""

import os
import time
from collections import Counter

import pytest
from django.db import connections
from reading_house import code, present

from ojakgyo.apps.cards.models import UsedText
from ojakgyo.apps.cards.reading import read_text
from ojakgyo.apps.chronicle.acts import writing
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import ReadingResult
from ojakgyo.store.sqlcipher.pool import pool

SLOW_S = 0.15


def decode(world, text, *, go: int, late: bool) -> str:
    """What one reader makes of a text, once both stand ready; one that is refused reads again."""
    os.read(go, 1)
    if late:
        time.sleep(0.01)
    for _ in range(50):
        try:
            with writing("test"):
                read = read_text(world.desk(), person=world.persons["Beodeul"], words=text)
                time.sleep(SLOW_S)  # the other meanwhile wants the same
                return read.reading.result.value
        except Refused as refused:
            assert refused.code == "house.busy"
    return "never"


def in_a_process(work) -> tuple[int, int]:
    """Its pid, and where what it found is read from."""
    found, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(found)
            os.write(tell, work().encode())
        finally:
            os._exit(0)
    os.close(tell)
    return pid, found


def both(world, first: str, second: str, *, slower: int) -> list[str]:
    connections.close_all()
    pool.drain()  # a connection is not carried through a fork
    go, start = os.pipe()
    readers = [
        in_a_process(lambda text=text, at=at: decode(world, text, go=go, late=at == slower))
        for at, text in enumerate((first, second))
    ]
    os.write(start, b"..")
    results = [os.read(found, 100).decode() for _, found in readers]
    for pid, found in readers:
        os.waitpid(pid, 0)
        os.close(found)
    os.close(go)
    os.close(start)
    return results


@pytest.mark.parametrize("slower", [0, 1])
def test_of_one_text_read_by_two_at_once_one_is_right_and_the_other_a_replay(world, slower):
    text = code(present(world))
    assert Counter(both(world, text, text, slower=slower)) == Counter(["ok", "replay"])
    assert (present(world).row, UsedText.objects.count()) == (1, 1)


@pytest.mark.parametrize("slower", [0, 1])
def test_two_rows_read_by_two_at_once_are_each_right_once_in_either_order(world, slower):
    """The one that comes second finds its row passed over, or the next."""
    first, second = code(present(world)), code(present(world), 1)
    assert both(world, first, second, slower=slower) == ["ok", "ok"]
    assert (present(world).row, UsedText.objects.count()) == (2, 2)
    for text in (first, second):
        with writing("test"):
            read = read_text(world.desk(), person=world.persons["Beodeul"], words=text)
        assert read.reading.result is ReadingResult.REPLAY
