"""The whole desk under faults: every invariant holds, and a bug that somebody might write is found.

OJAK_SIMULATE_DAYS tells more: `OJAK_SIMULATE_DAYS=2000 ./ojak test tests/simulation`.
"""

import os
import secrets
import shutil

import practice_vault
import pytest

from ojakgyo.apps.chronicle import inbox
from ojakgyo.apps.vault.desks import officer_desk
from ojakgyo.apps.watch.actions import hear_report
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.facts import Credibility, Reliability, ReportKind
from simulation import running
from simulation.desks import DAYS, desks
from simulation.faults import TAP, Crash, Fault, How, Where, forget_transaction
from simulation.planted import PLANTS, planted
from simulation.running import Run

DAYS_A_RUN = int(os.environ.get("OJAK_SIMULATE_DAYS", "12"))
FIXED = 20
"""So many seeds are told each time, as far as the days reach; the others are fresh."""
FOUND = {
    "file deleted before the commit": (5, 3),
    "duplicates remembered in memory": (5, 3),
    "message kept and told in two transactions": (0, 3),
    "words timer put after the commit": (3, 3),
    "bookmark moved first in its own transaction": (0, 3),
    "bookmark moved last in its own transaction": (0, 3),
    "due row dropped when busy": (2, 3),
    "row used up before the text is remembered": (0, 3),
    "duress ended by a later well": (16, 3),
    "deadline counted from the clock": (0, 3),
    "silence that came back is not put back": (0, 2),
    "silence that grew stays with who had it": (8, 3),
    "silence that ended stays on the list": (0, 3),
    "second window missed begins a second ladder": (0, 3),
    "silence held back is forgotten": (0, 3),
    "silence calls twice": (0, 2),
    "area is not looked at": (10, 1),
    "radio silence does not hold a stage back": (49, 2),
    "radio silence gives no new grace": (77, 2),
    "window of a deaf desk is not put back": (4, 3),
    "post is acknowledged though the desk was busy": (8, 3),
}
"""Bug -> the seed of a story in which it shows, and on which day at the latest."""
OTHERS = 60
"""So many other stories are told before a bug is held not to be found."""


@pytest.fixture(scope="module")
def made(empty_file):
    folder = practice_vault.HOME / "simulation"
    folder.mkdir()
    file = folder / "empty.db"
    shutil.copyfile(empty_file, file)
    practice_vault.use(file)
    with desks(file, folder) as told:
        yield told
    practice_vault.use(empty_file)
    shutil.rmtree(folder)


def told(made, seed: int, days: int) -> None:
    result = made.tell(seed, days=days)
    assert result.broken is None, f"./ojak simulate --seed {seed} --days {days}: {result.broken}"


def stories() -> list[tuple[int, int]]:
    """Seeds and their days: the fixed ones in their order, and at least a quarter that was never told before."""
    days = min(DAYS, max(2, DAYS_A_RUN // 4))
    count = max(2, DAYS_A_RUN // days)
    fresh = max(1, count // 4)
    fixed = [*range(FIXED)][: count - fresh]
    drawn = [secrets.randbelow(10**9) for _ in range(count - len(fixed))]
    return [(seed, days) for seed in (*fixed, *drawn)]


def test_whatever_goes_wrong_every_invariant_holds(made, capsys):
    chosen = stories()
    with capsys.disabled():
        print(f"\nsimulated: {chosen}")
    for seed, days in chosen:
        told(made, seed, days)


def bugs():
    """Those that show within two days every time; the others: ./ojak test -m slow tests/simulation."""
    for name, (_, days) in sorted(FOUND.items()):
        yield pytest.param(name, id=name, marks=() if days <= 2 else pytest.mark.slow)


@pytest.mark.parametrize("name", bugs())
def test_a_planted_bug_is_found(made, name):
    """By the story it was once found by; where other statements are asked since then, by another."""
    seed, days = FOUND[name]
    with planted(name):
        results = (made.tell(each, days=days) for each in (seed, *range(OTHERS)))
        assert any(result.broken is not None for result in results)


def test_at_least_ten_bugs_are_planted():
    assert len(PLANTS) >= 10
    assert set(FOUND) <= set(PLANTS)


def test_a_story_that_breaks_is_told_with_the_fewest_faults(made):
    with planted("file deleted before the commit"):
        first = made.tell(5, days=3)
        least = made.shrunk(first)
    assert len(first.fired) > len(least.fired) == 1
    assert least.broken.name == first.broken.name == "an acked message is there"


def test_one_seed_is_one_story(made):
    one, other = (made.tell(7, days=1, heal=False) for _ in range(2))
    assert (one.fired, one.statements) == (other.fired, other.statements)
    assert one.statements > 0


@pytest.mark.parametrize(
    ("where", "how", "raised", "written"),
    [
        (Where.BEGIN, How.BUSY, Refused, 0),
        (Where.WRITE, How.FULL, Refused, 0),
        (Where.COMMIT, How.BUSY, Refused, 0),
        (Where.COMMIT, How.FULL, Refused, 0),
        (Where.COMMIT, How.BEFORE, Crash, 0),
        (Where.COMMIT, How.AFTER, Crash, 1),
        (Where.WRITE, How.AFTER, Crash, 0),
    ],
)
def test_a_fault_strikes_where_it_is_put_and_the_next_act_goes_well(made, where, how, raised, written):
    run = Run(made.founded, made.folder, 0, {})
    running.begin(made.founded, run)
    before = inbox.head()
    TAP.arm(Fault(0, 0, where, 0, how))
    with pytest.raises(raised):
        reported(made)
    forget_transaction()
    assert inbox.head() == before + written
    reported(made)
    assert inbox.head() == before + written + 1


def reported(made) -> None:
    hear_report(
        officer_desk(made.founded.officers["Haneul"]),
        about=made.founded.persons["노을"],
        source=None,
        report=next(iter(ReportKind)),
        reliability=Reliability.USUAL,
        credibility=Credibility.UNCONFIRMED,
    )
