"""Dice of the practice world: the same throws for the same seed, on every Python."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of bytes from a seed and a purpose. For play only: nothing secret may be drawn from it."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._root = f"ojakgyo practice world/{seed}/{purpose}/".encode()
        self._thrown = 0

    def bytes(self, count: int) -> bytes:
        """`count` bytes, at most 32 at a time."""
        self._thrown += 1
        return sha256(self._root + str(self._thrown).encode()).digest()[:count]

    def below(self, limit: int) -> int:
        """0 to `limit` - 1. The bias of the remainder is far below what a practice world can show."""
        return int.from_bytes(self.bytes(8), "big") % limit

    def between(self, least: int, most: int) -> int:
        return least + self.below(most - least + 1)

    def one_in(self, chances: int) -> bool:
        return self.below(chances) == 0

    def pick(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def sample(self, among: Sequence[T], count: int) -> list[T]:
        """`count` different ones, in the order they were drawn."""
        left = list(among)
        return [left.pop(self.below(len(left))) for _ in range(count)]
