"""The ring: the six keys of the house, in the process while the vault is open and nobody need be signed in."""

from dataclasses import dataclass, field, fields
from typing import Final

from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import Part, canon
from ojakgyo.domain.sealing.envelope import Key, Secret, subkey
from ojakgyo.domain.sealing.names import Purpose

LINE_COST: Final = {"n": 1 << 13, "r": 8, "p": 1}
"""What `primitives.hard_index` spends: scrypt with 8 MiB. Written in vault.json and bound to the ring."""
_REMEMBERED: Final = 1 << 17


@dataclass(frozen=True, slots=True, repr=False)
class Ring(Secret):
    """Raw keys of 32 bytes each; what is sealed under them is sealed by a key derived for that purpose."""

    db: bytes
    sys: bytes
    lines: bytes
    cards: bytes
    transit: bytes
    audit: bytes
    _indexed: dict[bytes, bytes] = field(default_factory=dict, compare=False, init=False)

    def __post_init__(self) -> None:
        if any(len(getattr(self, name)) != primitives.KEY for name in KEYS):
            raise ValueError("each key of the ring has 32 bytes")

    def sys_key(self) -> Key:
        """For what the house itself must read: wake-up and gateway addresses."""
        return Key(subkey(self.sys, Purpose.SYS))

    def state_key(self) -> Key:
        """For a card's state; drawing and printing need nothing else."""
        return Key(subkey(self.cards, Purpose.STATE))

    def number_key(self) -> Key:
        """For a card's own number; only reading needs it."""
        return Key(subkey(self.cards, Purpose.NUMBER))

    def words_key(self) -> Key:
        """For inbound words until they are decoded."""
        return Key(subkey(self.transit, Purpose.WORDS))

    def external_id(self, *parts: Part) -> bytes:
        """32 bytes that tell whether the same thing came in before, and nothing about it."""
        return primitives.mac(subkey(self.transit, Purpose.EXT), canon("ext", *parts))

    def line_index(self, kind: str, address: str) -> bytes:
        """16 bytes by which a line is found without being read; `address` in E.164 for a phone. About 25 ms once."""
        value = canon("line", kind, address)
        asked = primitives.mac(self.lines, value)
        if asked not in self._indexed:
            if len(self._indexed) >= _REMEMBERED:
                self._indexed.clear()
            self._indexed[asked] = primitives.hard_index(self.lines, value)
        return self._indexed[asked]


KEYS: Final = tuple(each.name for each in fields(Ring) if each.init)
