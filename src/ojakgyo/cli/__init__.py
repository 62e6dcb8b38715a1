"""The command `ojak`. Exit codes: 0 ok, 1 refused or findings, 2 usage, 3 sealed, 4 damaged."""

import sys

__all__ = ["main"]


def main() -> None:
    """`ojak exposure` opens no vault, and starts without what the other commands read."""
    if sys.argv[1:2] == ["exposure"]:
        from ojakgyo.cli.exposure import alone

        alone()
    else:
        from ojakgyo.cli import root

        root.main()
