"""The ring: the six keys of the house, in the process while the vault is open and nobody need be signed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import Part, canon
from ojakgyo.domain.sealing.envelope import Key, Secret, subkey
from ojakgyo.domain.sealing.names import Purpose

LINE_COST: Final = {"n": 1 << 13, "r": 8, "p": 1}
"""What `primitives.hard_index` spends: scrypt with 8 MiB. Written in vault.json and bound to the ring."""
_REMEMBERED: Final = 1 << 17
Before = Mapping[str, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Ring(Secret):
    """Raw keys of 32 bytes each; what is sealed under them is sealed by a key derived for that purpose.

    `root`: what the ring itself is sealed under. `before`: keys of earlier rings, newest first, as long as something
    still lies under them.
    """

    db: bytes
    sys: bytes
    lines: bytes
    cards: bytes
    transit: bytes
    audit: bytes
    root: bytes = field(default=bytes(primitives.KEY), kw_only=True)
    before: Before = field(default_factory=dict, kw_only=True)
    _indexed: dict[bytes, bytes] = field(default_factory=dict, compare=False, init=False)

    def __post_init__(self) -> None:
        if any(len(getattr(self, name)) != primitives.KEY for name in (*KEYS, "root")):
            raise ValueError("each key of the ring has 32 bytes")
        if not set(self.before) <= set(KEYS):
            raise ValueError("no such key of the ring")

    @classmethod
    def drawn(cls, root: bytes, randomness: Callable[[int], bytes], *, before: Before | None = None) -> "Ring":
        """Fresh keys; `before` those they replace."""
        return cls(**{name: randomness(primitives.KEY) for name in KEYS}, root=root, before=before or {})

    def sys_key(self) -> Key:
        """For what the house itself must read: wake-up and gateway addresses."""
        return _sys(self.sys)

    def sys_keys(self) -> tuple[Key, ...]:
        """The present one, then those before."""
        return (self.sys_key(), *map(_sys, self.before.get("sys", ())))

    def state_key(self) -> Key:
        """For a card's state; drawing and printing need nothing else."""
        return _state(self.cards)

    def state_keys(self) -> tuple[Key, ...]:
        """The present one, then those before."""
        return (self.state_key(), *map(_state, self.before.get("cards", ())))

    def number_key(self) -> Key:
        """For a card's own number; only reading needs it."""
        return _number(self.cards)

    def number_keys(self) -> tuple[Key, ...]:
        """The present one, then those before."""
        return (self.number_key(), *map(_number, self.before.get("cards", ())))

    def words_key(self) -> Key:
        """For inbound words until they are decoded."""
        return _words(self.transit)

    def words_keys(self) -> tuple[Key, ...]:
        """The present one, then those before."""
        return (self.words_key(), *map(_words, self.before.get("transit", ())))

    def external_id(self, *parts: Part) -> bytes:
        """32 bytes that tell whether the same thing came in before, and nothing about it."""
        return primitives.mac(subkey(self.transit, Purpose.EXT), canon("ext", *parts))

    @property
    def line_key_id(self) -> bytes:
        """8 bytes: which key an index was made with."""
        return Key(self.lines).kid

    def line_index(self, kind: str, address: str) -> bytes:
        """16 bytes by which a line is found without being read; `address` in E.164 for a phone. About 25 ms once."""
        return self._index(self.lines, kind, address)

    def line_indexes(self, kind: str, address: str) -> tuple[bytes, ...]:
        """The present index, then those a line may still stand under until a member of its cell has signed in."""
        return tuple(self._index(key, kind, address) for key in (self.lines, *self.before.get("lines", ())))

    def _index(self, key: bytes, kind: str, address: str) -> bytes:
        value = canon("line", kind, address)
        asked = primitives.mac(key, value)
        if asked not in self._indexed:
            if len(self._indexed) >= _REMEMBERED:
                self._indexed.clear()
            self._indexed[asked] = primitives.hard_index(key, value)
        return self._indexed[asked]


KEYS: Final = tuple(each.name for each in fields(Ring) if each.init and not each.kw_only)


def _sys(raw: bytes) -> Key:
    return Key(subkey(raw, Purpose.SYS))


def _state(raw: bytes) -> Key:
    return Key(subkey(raw, Purpose.STATE))


def _number(raw: bytes) -> Key:
    return Key(subkey(raw, Purpose.NUMBER))


def _words(raw: bytes) -> Key:
    return Key(subkey(raw, Purpose.WORDS))
