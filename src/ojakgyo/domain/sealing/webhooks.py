"""What stands over a wake-up call that is handed to a webhook: HMAC-SHA-256 over the time and the bytes sent.

>>> signature("k", 1_700_000_000, b"{}")[:16]
'v1=c6ef4734033ce'
"""

from ojakgyo.domain.sealing import primitives


def signature(key: str, seconds: int, body: bytes) -> str:
    """`v1=` and 64 hexadecimal digits, over `<seconds since 1970>.<body>`; the key as it was shown, in UTF-8."""
    return f"v1={primitives.mac(key.encode(), f'{seconds}.'.encode() + body).hex()}"
