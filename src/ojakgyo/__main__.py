"""`python -m ojakgyo`: the command `ojak`."""

from ojakgyo.cli import main

main()
