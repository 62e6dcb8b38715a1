"""Signatures that `ssh-keygen -Y verify` checks: the format SSHSIG over Ed25519, for what must be read without this program.

Source: PROTOCOL.sshsig of OpenSSH. The message is hashed with SHA-512; the namespace says what a signature is for, so
that one made for a backup can be passed off as nothing else.
"""

import base64
import binascii
import hashlib
from typing import Final

from ojakgyo.domain.sealing import primitives

_MAGIC: Final = b"SSHSIG"
_KIND: Final = b"ssh-ed25519"
_HASH: Final = b"sha512"
_BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"
_END: Final = "-----END SSH SIGNATURE-----"
_COLUMNS: Final = 70
_SIGNATURE: Final = 64


def sign(private: bytes, message: bytes, *, namespace: str) -> bytes:
    """The armoured signature, as it lies in a file of its own. `private`: 32 bytes of Ed25519."""
    signature = primitives.sign(private, _signed(message, namespace))
    return _armoured(_blob(primitives.signing_public(private), signature, namespace))


def check(public: bytes, armoured: bytes, message: bytes, *, namespace: str) -> None:
    """Byte for byte the signature that the holder of `public` makes of this message; anything else is ``Unsound``."""
    signature = _dearmoured(armoured)[-_SIGNATURE:]
    if len(signature) != _SIGNATURE or _armoured(_blob(public, signature, namespace)) != armoured:
        raise primitives.Unsound
    primitives.check(public, signature, _signed(message, namespace))


def allowed_signers(public: bytes, *, who: str, namespace: str) -> bytes:
    """The line by which `ssh-keygen -Y verify -f` knows the signer as `who`."""
    return f'{who} namespaces="{namespace}" {_KIND.decode()} {base64.b64encode(_public(public)).decode()}\n'.encode()


def fingerprint(public: bytes) -> str:
    """The key's digest as `ssh-keygen -l` writes it."""
    return f"SHA256:{base64.b64encode(hashlib.sha256(_public(public)).digest()).decode().rstrip('=')}"


def _string(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


def _public(public: bytes) -> bytes:
    return _string(_KIND) + _string(public)


def _signed(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def _blob(public: bytes, signature: bytes, namespace: str) -> bytes:
    """The 64 bytes of the signature stand at its end."""
    about = _string(_public(public)) + _string(namespace.encode()) + _string(b"") + _string(_HASH)
    return _MAGIC + (1).to_bytes(4, "big") + about + _string(_string(_KIND) + _string(signature))


def _armoured(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    lines = [text[start : start + _COLUMNS] for start in range(0, len(text), _COLUMNS)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def _dearmoured(armoured: bytes) -> bytes:
    lines = armoured.split(b"\n")
    try:
        return base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except binascii.Error:
        raise primitives.Unsound from None
