"""The command `ojak`. Exit codes: 0 ok, 1 refused or findings, 2 usage, 3 sealed, 4 damaged."""

import gc
import sys
from typing import Final

__all__ = ["main"]

GARBAGE: Final = (100_000, 20, 50)
"""How much is new before Python looks for rings of garbage. Its own 700 cost a fifth of the time: a page makes thousands."""


def main() -> None:
    """`ojak exposure` opens no vault, and starts without what the other commands read."""
    gc.set_threshold(*GARBAGE)
    if sys.argv[1:2] == ["exposure"]:
        from ojakgyo.cli.exposure import alone

        alone()
    else:
        from ojakgyo.cli import root

        root.main()
