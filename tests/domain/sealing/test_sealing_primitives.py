"""The ciphers are those of the RFCs, by their own vectors; and nonces as the house draws them do not come again."""

import hashlib
import hmac
import json
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from ojakgyo.apps.vault import seals
from ojakgyo.domain.sealing import primitives

VECTORS = Path(__file__).parents[2] / "vectors"


def vectors(name: str) -> list[dict]:
    """Hexadecimal made bytes."""
    told = json.loads((VECTORS / f"{name}.json").read_text())
    assert told["source"].startswith("RFC "), "every vector says where it is from"
    return [_raw(each) for each in told["vectors"]]


def _raw(value):
    if isinstance(value, dict):
        return {name: _raw(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_raw(each) for each in value]
    return bytes.fromhex(value) if isinstance(value, str) else value


def test_argon2id_is_that_of_rfc_9106():
    for told in vectors("argon2id"):
        cost = {"iterations": told["rounds"], "lanes": told["lanes"], "memory_cost": told["memory_kib"]}
        more = {"ad": told["associated"] or None, "secret": told["secret"] or None}
        assert Argon2id(salt=told["salt"], length=32, **cost, **more).derive(told["password"]) == told["tag"]


def test_what_is_typed_is_stretched_by_that_argon2id():
    (told,) = [each for each in vectors("argon2id") if not each["secret"]]
    cost = {name: told[name] for name in ("memory_kib", "rounds", "lanes")}
    assert primitives.stretch(told["password"], told["salt"], **cost) == told["tag"]
    for other in ({"memory_kib": 64}, {"rounds": 4}, {"lanes": 2}):
        assert primitives.stretch(told["password"], told["salt"], **{**cost, **other}) != told["tag"]


@pytest.mark.parametrize("told", vectors("gcm_siv"))
def test_sealing_is_aes_256_gcm_siv_of_rfc_8452(told):
    cipher = primitives.cipher(told["key"])
    sealed = primitives.encrypt(cipher, told["nonce"], told["plain"], told["associated"])
    assert sealed == told["sealed"]
    assert primitives.decrypt(cipher, told["nonce"], sealed, told["associated"]) == told["plain"]


@pytest.mark.parametrize("told", vectors("ed25519"))
def test_signatures_are_ed25519_of_rfc_8032(told):
    assert primitives.signing_public(told["private"]) == told["public"]
    assert primitives.sign(told["private"], told["message"]) == told["signature"]
    primitives.check(told["public"], told["signature"], told["message"])
    with pytest.raises(primitives.Unsound):
        primitives.check(told["public"], told["signature"], told["message"] + b"\0")


@pytest.mark.parametrize("told", vectors("hkdf"))
def test_derivation_is_hkdf_sha_256_of_rfc_5869(told):
    assert primitives.extract(told["salt"], told["ikm"]) == told["prk"]
    assert primitives.expand(told["prk"], told["info"], told["length"]) == told["okm"]
    if not told["salt"]:
        assert primitives.derive(told["ikm"], told["info"], told["length"]) == told["okm"]


class Second:
    """HPKE read a second time: after RFC 9180, with HMAC, X25519 and AES-GCM alone. Base mode, our suite."""

    KEM = b"KEM" + (32).to_bytes(2, "big")
    SUITE = b"HPKE" + (32).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")

    @staticmethod
    def extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256)

    @staticmethod
    def expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
        """One block is enough: nothing here is longer than 32 bytes."""
        told = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
        return hmac.digest(key, told + b"\x01", hashlib.sha256)[:length]

    def shared(self, private: bytes, public: bytes, enc: bytes, receiver: bytes) -> bytes:
        met = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
        start = self.extract(self.KEM, b"", b"eae_prk", met)
        return self.expand(self.KEM, start, b"shared_secret", enc + receiver, 32)

    def schedule(self, shared: bytes, info: bytes) -> tuple[bytes, bytes]:
        """Key and first nonce."""
        context = b"\0" + self.extract(self.SUITE, b"", b"psk_id_hash", b"")
        context += self.extract(self.SUITE, b"", b"info_hash", info)
        secret = self.extract(self.SUITE, shared, b"secret", b"")
        key = self.expand(self.SUITE, secret, b"key", context, 32)
        return key, self.expand(self.SUITE, secret, b"base_nonce", context, 12)


def test_hpke_as_a_second_reader_knows_it_is_that_of_rfc_9180():
    (told,) = vectors("hpke")
    assert (told["mode"], told["kem_id"], told["kdf_id"], told["aead_id"]) == (0, 32, 1, 2)
    assert primitives.exchange_public(told["skRm"]) == told["pkRm"]
    shared = Second().shared(told["skRm"], told["enc"], told["enc"], told["pkRm"])
    key, nonce = Second().schedule(shared, told["info"])
    assert (shared, key, nonce) == (told["shared_secret"], told["key"], told["base_nonce"])
    for count, each in enumerate(told["encryptions"]):
        assert each["nonce"] == (int.from_bytes(nonce, "big") ^ count).to_bytes(12, "big")
        assert AESGCM(key).decrypt(each["nonce"], each["ct"], each["aad"]) == each["pt"]


def test_what_we_wrap_opens_to_the_second_reader_and_what_it_wraps_to_us():
    """The vectors carry associated data, which we never use: the reader that agrees with them agrees with us."""
    (told,) = vectors("hpke")
    second, words = Second(), b"a seed of thirty-two bytes' size"
    wrapped = primitives.wrap_for(told["pkRm"], words, told["info"])
    enc, sealed = wrapped[:32], wrapped[32:]
    key, nonce = second.schedule(second.shared(told["skRm"], enc, enc, told["pkRm"]), told["info"])
    assert AESGCM(key).decrypt(nonce, sealed, b"") == words
    shared = second.shared(told["skEm"], told["pkRm"], told["enc"], told["pkRm"])
    key, nonce = second.schedule(shared, told["info"])
    theirs = told["enc"] + AESGCM(key).encrypt(nonce, words, b"")
    assert primitives.unwrap(told["skRm"], theirs, told["info"]) == words
    with pytest.raises(primitives.Unsound):
        primitives.unwrap(told["skRm"], theirs, told["info"] + b"\0")


def test_a_million_nonces_as_the_house_draws_them_are_a_million_different_ones():
    """`seals.seal` draws them so; chance alone would repeat one of a million in 12 bytes once in 10^17 times."""
    assert seals.secrets is secrets
    assert len({secrets.token_bytes(primitives.NONCE) for _ in range(1_000_000)}) == 1_000_000
