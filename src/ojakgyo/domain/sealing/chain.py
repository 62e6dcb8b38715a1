"""The chain of the chronicle: each fact's digest holds the one before it, so nothing can be changed in between.

    h = SHA-256(canon('chain/1', seq, kind, v, actor, recorded_ms, SHA-256(salt16 + body), h_prev))

The inner digest stays when body and salt are blanked (`redact`), so the chain still verifies.
"""

import hashlib
from typing import Final

from ojakgyo.domain.sealing.canon import canon

START: Final = bytes(32)


def inner(salt: bytes, body: bytes) -> bytes:
    if len(salt) != 16:
        raise ValueError("a salt has 16 bytes")
    return hashlib.sha256(salt + body).digest()


def link(seq: int, kind: str, v: int, actor: str, recorded_ms: int, digest: bytes, before: bytes) -> bytes:
    """32 bytes: the head of the chain after this fact. `digest` is `inner` of it, `before` the head so far."""
    return hashlib.sha256(canon("chain/1", seq, kind, v, actor, recorded_ms, digest, before)).digest()
