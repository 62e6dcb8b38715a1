"""One unambiguous encoding for whatever is authenticated: associated data, derivation labels, signatures, the chain.

"ojakgyo/1" and a zero byte, then each part as length (u32, big endian), a type letter and its bytes, so that
("ab", "c") and ("a", "bc") differ, and 1, "1" and b"1" too.
"""

from typing import Final

Part = str | bytes | int | None
_HEAD: Final = b"ojakgyo/1\0"
_BYTES: Final = (bytes, bytearray, memoryview)
_INT: Final = (1 + 8).to_bytes(4, "big") + b"i"
"""Length and letter of every whole number."""


def canon(domain: str, *parts: Part) -> bytes:
    """`domain` names what the bytes are for; ints are signed 64-bit. A bool or any other type is a ``TypeError``."""
    return _HEAD + b"".join(map(_framed, (domain, *parts)))


def _framed(part: Part) -> bytes:
    kind = type(part)  # exactly: a truth is a whole number to isinstance, and asking it costs more than the framing
    if kind is int:
        return _INT + part.to_bytes(8, "big", signed=True)  # type: ignore[union-attr]
    if isinstance(part, str):
        told = b"s" + part.encode()
    elif isinstance(part, _BYTES):
        told = b"b" + bytes(part)
    elif part is None:
        told = b"n"
    else:
        raise TypeError(f"{kind.__name__} is not a part" if kind is not bool else "a truth is not a part: say 0 or 1")
    return len(told).to_bytes(4, "big") + told
