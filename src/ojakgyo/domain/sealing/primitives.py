"""The one file that names a cipher. Nobody outside `sealing` imports it; every argument is bytes of a stated length."""

from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hmac, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

KEY: Final = 32
NONCE: Final = 12
TAG: Final = 16
_HPKE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class Unsound(Exception):
    """A tag or a signature does not hold."""


Cipher = AESGCMSIV
"""A key made ready once for many blobs; it lives as long as the key it was made of."""


def cipher(key: bytes) -> Cipher:
    return AESGCMSIV(key)


def encrypt(cipher: Cipher, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
    """AES-256-GCM-SIV (RFC 8452): ciphertext, then the tag of 16 bytes. A repeated nonce leaks equality only."""
    return cipher.encrypt(nonce, plain, associated)


def decrypt(cipher: Cipher, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, associated)
    except InvalidTag:
        raise Unsound from None


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256, 32 bytes."""
    machine = hmac.HMAC(key, hashes.SHA256())
    machine.update(message)
    return machine.finalize()


def counted_code(key: bytes, count: int, *, digits: int) -> str:
    """HOTP (RFC 4226) with SHA-1, the only one every authenticator app knows (in HMAC it is sound). `key`: 16 bytes up."""
    return HOTP(key, digits, hashes.SHA1()).generate(count).decode()  # noqa: S303  # nosec B303


def derive(key: bytes, info: bytes, length: int = KEY) -> bytes:
    """HKDF-SHA-256 (RFC 5869) without salt."""
    return HKDF(hashes.SHA256(), length, None, info).derive(key)


def extract(salt: bytes, secret: bytes) -> bytes:
    """The first half of HKDF-SHA-256: 32 bytes."""
    return HKDF.extract(hashes.SHA256(), salt, secret)


def expand(key: bytes, info: bytes, length: int = KEY) -> bytes:
    """The second half of HKDF-SHA-256."""
    return HKDFExpand(hashes.SHA256(), length, info).derive(key)


def stretch(words: bytes, salt: bytes, *, memory_kib: int, rounds: int, lanes: int) -> bytes:
    """Argon2id (RFC 9106), 32 bytes."""
    return Argon2id(salt=salt, length=KEY, iterations=rounds, lanes=lanes, memory_cost=memory_kib).derive(words)


def hard_index(salt: bytes, value: bytes) -> bytes:
    """scrypt with 8 MiB (N = 2^13, r = 8, p = 1), 16 bytes: dear to try for every number there is."""
    return Scrypt(salt=salt, length=16, n=1 << 13, r=8, p=1).derive(value)


def exchange_public(private: bytes) -> bytes:
    """The X25519 public half of 32 private bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def wrap_for(public: bytes, secret: bytes, info: bytes) -> bytes:
    """HPKE (RFC 9180) base mode: only the holder of the private half of `public` opens it."""
    return _HPKE.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=info)


def unwrap(private: bytes, wrapped: bytes, info: bytes) -> bytes:
    try:
        return _HPKE.decrypt(wrapped, X25519PrivateKey.from_private_bytes(private), info=info)
    except (InvalidTag, ValueError):
        raise Unsound from None


def signing_public(private: bytes) -> bytes:
    """The Ed25519 public half of 32 private bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """Ed25519 (RFC 8032), 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def check(public: bytes, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Unsound from None
