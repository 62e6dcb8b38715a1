"""The bell: each change once, a beat however busy, and an end when the house closes."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import RequestFactory

from ojakgyo.web import live
from ojakgyo.web.bell import Bell


def on_a_loop_of_its_own(work):
    """Playwright leaves a running loop in the main thread of a worker that has opened a browser."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def heard(bell, count, *, beat=60.0):
    found = []
    async for said in bell.listen(beat):
        found += [line.removeprefix("event: ") for line in said.decode().splitlines() if line.startswith("event: ")]
        if len(found) >= count:
            return found
    return found


def run(story):
    async def hung():
        bell = Bell()
        bell.hang()
        return await asyncio.wait_for(story(bell), 5)

    return on_a_loop_of_its_own(hung())


def test_a_stream_begins_with_a_beat_and_hears_what_another_thread_rings():
    async def story(bell):
        listening = asyncio.create_task(heard(bell, 2))
        await asyncio.sleep(0)
        threading.Thread(target=bell.ring, args=("board", 7)).start()
        return await listening

    assert run(story) == ["beat", "board"]


def test_a_busy_bell_still_beats():
    async def story(bell):
        listening = asyncio.create_task(heard(bell, 200, beat=0.05))
        while not listening.done():
            bell.ring("inbox", 1)
            await asyncio.sleep(0.001)
        return listening.result()

    assert run(story).count("beat") >= 3


def test_many_changes_while_a_stream_is_slow_are_told_once_with_the_newest_seq():
    async def story(bell):
        stream = bell.listen(60.0)
        await anext(stream)
        for seq in (5, 9, 8):
            bell.ring("board", seq)
        return await anext(stream)

    assert run(story) == b"event: board\ndata: 9\n\n"


def test_streams_end_when_the_house_closes():
    async def story(bell):
        listening = asyncio.create_task(heard(bell, 100))
        await asyncio.sleep(0)
        bell.close()
        return await listening

    assert run(story) == ["beat"]


def test_an_event_outside_the_list_is_no_event():
    with pytest.raises(ValueError, match="no such event"):
        Bell().ring("lunch", 1)


def test_who_is_not_signed_in_gets_no_stream():
    response = on_a_loop_of_its_own(live.live(RequestFactory().get("/_live/")))
    assert response.status_code == 204 and response["Cache-Control"] == "no-store"
