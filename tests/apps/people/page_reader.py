"""A reader of our own for the pages of an encrypted database and its log, live and stale: a second look at the format.

SQLCipher 4: pages of 4,096 bytes, AES-256-CBC, and in the last 80 bytes of each the IV (16) and HMAC-SHA-512 (64) over
ciphertext, IV and page number. The first 16 bytes of the file are its salt. A frame of the log has 24 bytes in front.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, IV = 4096, 80, 16
WAL_HEAD, FRAME_HEAD = 32, 24


def pages(file: Path, key: bytes) -> Iterator[tuple[str, bytes]]:
    """ "file" or "log", and a page in the open. A page whose tag does not hold is an error of this reader."""
    whole = file.read_bytes()
    tag_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in whole[:16]), 2, 32)
    for start in range(0, len(whole), PAGE):
        yield "file", _opened(whole[start : start + PAGE], start // PAGE + 1, key, tag_key)
    log = Path(f"{file}-wal")
    frames = log.read_bytes() if log.exists() else b""
    for start in range(WAL_HEAD, len(frames) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        (number,) = struct.unpack(">I", frames[start : start + 4])
        yield "log", _opened(frames[start + FRAME_HEAD : start + FRAME_HEAD + PAGE], number, key, tag_key)


def found(file: Path, key: bytes, sought: bytes) -> set[str]:
    """Where these bytes stand."""
    return {where for where, page in pages(file, key) if sought in page}


def _opened(raw: bytes, number: int, key: bytes, tag_key: bytes) -> bytes:
    body, iv = raw[16 if number == 1 else 0 : PAGE - RESERVED], raw[PAGE - RESERVED : PAGE - RESERVED + IV]
    tag = hmac.digest(tag_key, body + iv + struct.pack("<I", number), "sha512")
    assert hmac.compare_digest(tag, raw[PAGE - RESERVED + IV :]), number
    opening = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opening.update(body) + opening.finalize()
