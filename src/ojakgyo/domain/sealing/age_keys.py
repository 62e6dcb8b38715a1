"""Keys as `age` writes them, and what is encrypted to them: the organisation's X25519 pair is an age pair.

age's STREAM keeps the bytes, not who wrote them: whatever lies in an age file carries a signature of its own. A file is
decrypted as a whole and in memory, or not at all.

Source: age-encryption.org/v1; Bech32: BIP 173, without its limit of 90 characters.
"""

from collections.abc import Sequence
from typing import Final

import pyrage

from ojakgyo.domain.errors import Damaged, Refused

RECIPIENT: Final = "age"
IDENTITY: Final = "age-secret-key-"
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_FACTORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM: Final = 6


def recipient(public: bytes) -> str:
    """What is given to `age -r`: the public half of an X25519 pair."""
    return bech32(RECIPIENT, public)


def identity(private: bytes) -> str:
    """What lies in the file that is given to `age -i`: the private half."""
    return bech32(IDENTITY, private).upper()


def identity_in(text: str) -> str:
    """The identity of an identity file, past its comments. None there: ``Refused``."""
    for line in map(str.strip, text.splitlines()):
        if line.startswith(IDENTITY.upper()):
            return line
    raise Refused("vault.recipient_unknown")


def encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    """An age file that each of the recipients opens. One that is no X25519 recipient: ``Refused``."""
    try:
        return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(each) for each in recipients]))
    except pyrage.RecipientError:
        raise Refused("vault.recipient_unknown") from None


def decrypt(file: bytes, key: str) -> bytes:
    """What the file holds, whole. For another key, changed or cut off: ``Damaged``; the format does not tell which."""
    try:
        return bytes(pyrage.decrypt(file, [pyrage.x25519.Identity.from_str(key)]))
    except pyrage.IdentityError:
        raise Refused("vault.recipient_unknown") from None
    except pyrage.DecryptError:
        raise Damaged("vault.backup_damaged") from None


def bech32(kind: str, data: bytes) -> str:
    """`kind`: lower case; the whole may be put in upper case afterwards, never mixed."""
    values = [*_in_fives(data)]
    return f"{kind}1" + "".join(_LETTERS[value] for value in (*values, *_checksum(kind, values)))


def _in_fives(data: bytes) -> list[int]:
    """The bits in groups of five, the last filled up with noughts."""
    count = -(-8 * len(data) // 5)
    whole = int.from_bytes(data, "big") << (5 * count - 8 * len(data))
    return [whole >> 5 * place & 31 for place in range(count - 1, -1, -1)]


def _checksum(kind: str, values: Sequence[int]) -> list[int]:
    spread = [ord(letter) >> 5 for letter in kind] + [0] + [ord(letter) & 31 for letter in kind]
    left = _remainder([*spread, *values, *[0] * _CHECKSUM]) ^ 1
    return [left >> 5 * place & 31 for place in range(_CHECKSUM - 1, -1, -1)]


def _remainder(values: Sequence[int]) -> int:
    """Of the BCH code over GF(32)."""
    rest = 1
    for value in values:
        top, rest = rest >> 25, (rest & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_FACTORS):
            rest ^= factor if top >> place & 1 else 0
    return rest
