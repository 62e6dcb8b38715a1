"""The organisation's secret on paper: SLIP-39 shares, of which some open what none does alone.

The words are those of SLIP-39 (1,024, told apart by their first four letters); 33 of them hold 256 bits. The scheme's
own passphrase stays empty: a wrong one would give another secret without a word.
"""

from collections.abc import Sequence
from typing import Final

import shamir_mnemonic
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from ojakgyo.domain.errors import Refused

THRESHOLD: Final = 2
COUNT: Final = 3
_KNOWN: Final = frozenset(WORDLIST)
_BY_START: Final = {word[:4]: word for word in WORDLIST}


def tidy(typed: str) -> str:
    """The share as it is written: lower case, one blank, a word known by its first four letters put in full."""
    words = typed.lower().split()
    return " ".join(_BY_START.get(word, word) if len(word) == 4 else word for word in words)


def wrong_words(typed: str) -> tuple[int, ...]:
    """The places, counted from 1, of words that are in no share: a slip of the pen to be looked at."""
    return tuple(place for place, word in enumerate(tidy(typed).split(), start=1) if word not in _KNOWN)


def same(shown: str, typed: str) -> bool:
    """Whether what was typed back is the share that was shown."""
    return tidy(shown) == tidy(typed)


def combine(typed: Sequence[str]) -> bytes:
    """The secret, 32 bytes.

    A word that is not in the list: ``Refused`` "vault.share_word" with the number of the share and of the word; a share
    that does not hold: "vault.share_broken" with its number; of two sets: "vault.shares_mixed"; too few, or one of them
    twice: "vault.shares_few".
    """
    distinct, threshold = _set_of(typed)
    if len(distinct) < threshold:
        raise Refused("vault.shares_few", needed=threshold)
    try:
        secret: bytes = shamir_mnemonic.combine_mnemonics(list(distinct.values())[:threshold])
    except shamir_mnemonic.MnemonicError:
        raise Refused("vault.shares_mixed") from None
    return secret


def missing(typed: Sequence[str]) -> int:
    """How many more shares of this set it takes. What is wrong with one of them is refused as in `combine`."""
    distinct, threshold = _set_of(typed)
    return max(0, threshold - len(distinct))


def _set_of(typed: Sequence[str]) -> tuple[dict[int, str], int]:
    """The different shares by their index, and how many of them open."""
    parsed = [_parsed(number, share) for number, share in enumerate(typed, start=1)]
    if len({share.group_parameters() for share in parsed}) > 1:
        raise Refused("vault.shares_mixed")
    distinct = {share.index: tidy(text) for share, text in zip(parsed, typed, strict=True)}
    return distinct, parsed[0].member_threshold if parsed else THRESHOLD


def _parsed(number: int, typed: str) -> Share:
    if wrong := wrong_words(typed):
        raise Refused("vault.share_word", share=number, word=wrong[0])
    try:
        share = Share.from_mnemonic(tidy(typed))
    except shamir_mnemonic.MnemonicError:
        raise Refused("vault.share_broken", share=number) from None
    if share.group_count != 1:  # of somebody else's making: we split in one group only
        raise Refused("vault.share_broken", share=number)
    return share
