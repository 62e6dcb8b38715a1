"""The program `ojak`, but a vault it makes is at the floor of the key derivation: tests make many."""

from ojakgyo.domain.sealing import stretching

stretching.UNSEAL = stretching.FLOOR

from ojakgyo.cli import main

main()
