"""An officer's own keys: two private halves, sealed under the password at rest and under a token while signed in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import primitives
from ojakgyo.domain.sealing.canon import canon
from ojakgyo.domain.sealing.envelope import Key, Place, Secret, open_sealed, seal, subkey
from ojakgyo.domain.sealing.names import Group, Purpose, Table
from ojakgyo.domain.sealing.stretching import Cost
from ojakgyo.domain.values.ids import OfficerId

TOKEN: Final = 32


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What everybody may know of an officer: where to wrap a key for them, and how to check their hand."""

    exchange: bytes
    signing: bytes


@dataclass(frozen=True, slots=True, repr=False)
class OfficerKeys(Secret):
    """The private halves, X25519 and Ed25519, 32 bytes each; alive for one request."""

    officer: OfficerId
    exchange: bytes
    signing: bytes
    public: PublicKeys = field(init=False)

    def __post_init__(self) -> None:
        public = PublicKeys(primitives.exchange_public(self.exchange), primitives.signing_public(self.signing))
        object.__setattr__(self, "public", public)

    @classmethod
    def drawn(cls, officer: OfficerId, randomness: Callable[[int], bytes]) -> "OfficerKeys":
        return cls(officer, randomness(primitives.KEY), randomness(primitives.KEY))


@dataclass(frozen=True, slots=True)
class Lock:
    """What lies beside a bundle at rest, and is bound to it: nobody cheapens the derivation or swaps a public key."""

    vault: str
    officer: OfficerId
    public: PublicKeys
    cost: Cost
    salt: bytes

    def place(self) -> Place:
        bound = (self.public.exchange, self.public.signing, self.salt)
        cost = (self.cost.memory_kib, self.cost.rounds, self.cost.lanes)
        return Place(self.vault, Table.OFFICER, self.officer, Group.KEYS, bound=(*bound, *cost))

    def key(self, stretched: bytes) -> Key:
        return Key(subkey(stretched, Purpose.BUNDLE, self.vault, self.officer))


def seal_bundle(keys: OfficerKeys, lock: Lock, stretched: bytes, *, nonce: bytes) -> bytes:
    """The bundle that a password (already stretched) opens."""
    return seal(lock.key(stretched), lock.place(), joined(keys), nonce=nonce)


def open_bundle(lock: Lock, stretched: bytes, bundle: bytes) -> OfficerKeys:
    """Another password: ``NotHeld``. A public key, the cost or the bundle changed: ``Damaged``."""
    return parted(lock.officer, lock.public, open_sealed(lock.key(stretched), lock.place(), bundle))


@dataclass(frozen=True, slots=True, repr=False)
class Half(Secret):
    """One of two halves: a token of 32 bytes that the house does not keep. What is sealed under it is the other."""

    vault: str
    table: Table
    token: bytes

    def __post_init__(self) -> None:
        if len(self.token) != TOKEN:
            raise ValueError("a token has 32 bytes")

    @property
    def id(self) -> bytes:
        """32 bytes by which the other half is found; the token cannot be had from them."""
        return hashlib.sha256(self.token).digest()

    def key(self) -> Key:
        return Key(subkey(self.token, Purpose(self.table), self.vault))

    def place(self, officer: OfficerId) -> Place:
        return Place(self.vault, self.table, self.id, Group.KEYS, bound=(officer,))


def seal_half(keys: OfficerKeys, half: Half, *, nonce: bytes) -> bytes:
    """The officer's keys, sealed under a token: neither this nor the token is of any use alone."""
    return seal(half.key(), half.place(keys.officer), joined(keys), nonce=nonce)


def open_half(half: Half, blob: bytes, *, officer: OfficerId, public: PublicKeys) -> OfficerKeys:
    """Another token: ``NotHeld``. Another officer's row, or a changed one: ``Damaged``."""
    return parted(officer, public, open_sealed(half.key(), half.place(officer), blob))


def vouch(by: OfficerKeys, vault: str, officer: OfficerId, public: PublicKeys) -> bytes:
    """The enroller's signature: these public keys are this officer's."""
    return primitives.sign(by.signing, _vouched(vault, officer, public))


def check_vouched(by: PublicKeys, vault: str, officer: OfficerId, public: PublicKeys, signature: bytes) -> None:
    """A swapped or invented public key: ``Damaged``."""
    try:
        primitives.check(by.signing, signature, _vouched(vault, officer, public))
    except primitives.Unsound:
        raise Damaged("vault.damaged", officer=officer) from None


def take_over_vouching(
    by: OfficerKeys, voucher: PublicKeys, vault: str, officer: OfficerId, public: PublicKeys, signature: bytes
) -> bytes:
    """Vouch in the place of somebody whose keys are about to go, once that one's hand has been seen to hold."""
    check_vouched(voucher, vault, officer, public, signature)
    return vouch(by, vault, officer, public)


def _vouched(vault: str, officer: OfficerId, public: PublicKeys) -> bytes:
    return canon("vouch/1", vault, officer, public.exchange, public.signing)


def joined(keys: OfficerKeys) -> bytes:
    """Both private halves, 64 bytes: what is sealed wherever an officer's keys are."""
    return keys.exchange + keys.signing


def parted(officer: OfficerId, public: PublicKeys, plain: bytes) -> OfficerKeys:
    """The keys of what `joined` gave. They do not belong to these public halves: ``Damaged``."""
    keys = OfficerKeys(officer, plain[: primitives.KEY], plain[primitives.KEY :])
    if keys.public != public:
        raise Damaged("vault.damaged", officer=officer)
    return keys
