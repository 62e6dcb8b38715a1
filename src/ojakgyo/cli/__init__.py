"""The command `ojak`. Exit codes: 0 ok, 1 refused or findings, 2 usage, 3 sealed, 4 damaged."""

from ojakgyo.cli.root import main

__all__ = ["main"]
