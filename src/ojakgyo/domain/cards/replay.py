"""Texts that were used before, known by their tags alone."""

from dataclasses import dataclass, field

from ojakgyo.domain.sealing import ratchet


def replay_key(secret: bytes) -> bytes:
    """The card's key for tags; kept beside the state, drawn while the secret is still there."""
    return ratchet.column(ratchet.start(secret), "replay")


def tag_of(digits: str, *, key: bytes) -> bytes:
    """What is kept of a used text: 16 bytes."""
    return ratchet.tag(key, digits)


@dataclass(frozen=True, slots=True)
class UsedTexts:
    """The tags of every text this card's rows were used for, under its replay key."""

    key: bytes = field(repr=False)
    tags: frozenset[bytes] = field(repr=False, default=frozenset())

    def hold(self, digits: str) -> bool:
        return tag_of(digits, key=self.key) in self.tags
