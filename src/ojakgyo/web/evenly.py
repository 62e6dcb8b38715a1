"""Answers that take as long after "well" as after duress: whatever was found, they come at the next quarter of a second."""

import time
from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Final, ParamSpec, TypeVar

STEP_S: Final = 0.25
"""Several times what a reading takes, so that its length decides nothing but on a machine that is out of breath."""

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def evenly(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Hold the answer of a view, an error too, until whole steps have passed since it was asked."""

    @wraps(view)
    def held(*asked: Asked.args, **more: Asked.kwargs) -> Answer:
        started = time.monotonic()
        try:
            return view(*asked, **more)
        finally:
            spent = time.monotonic() - started
            time.sleep(ceil(spent / STEP_S) * STEP_S - spent)

    return held
