"""The organisation's secret, put on paper as shares."""

from typing import Final

import shamir_mnemonic

from ojakgyo.domain.sealing.shares import COUNT, THRESHOLD

MOST: Final = 16


def split(secret: bytes, *, threshold: int = THRESHOLD, count: int = COUNT) -> tuple[str, ...]:
    """`count` shares of 33 words, of which any `threshold` give the secret back. Outside 2..16: ``ValueError``.

    The library draws its own randomness (`secrets`): a share is never the same twice.
    """
    if len(secret) != 32:
        raise ValueError("the secret behind the shares has 32 bytes")
    if not 2 <= threshold <= count <= MOST:
        raise ValueError("of at most 16 shares at least two are needed")
    (group,) = shamir_mnemonic.generate_mnemonics(1, [(threshold, count)], secret)
    return tuple(group)
