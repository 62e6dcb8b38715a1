"""Model fields, each saying what may be read from it: structure, a digest, or what only a key opens.

There is no field for free text. Words are sealed; what is readable while nobody is signed in is an id, a closed enum, a
whole number, an instant or a digest. tests/house/test_fields.py refuses anything else.
"""

import secrets
from enum import StrEnum
from typing import Any

from django.db import models

from ojakgyo.domain.values import ids


class Secrecy(StrEnum):
    """Who can read a field of an unsealed desk."""

    STRUCTURE = "structure"
    """The house, nobody signed in."""
    DIGEST = "digest"
    """Nobody; it can only be compared."""
    SEALED = "sealed"
    """Whoever holds the key it is sealed under."""


def new_id() -> int:
    return ids.draw(secrets.token_bytes)


class IdField(models.BigIntegerField):
    """An id of the one id space: 63 random bits."""

    secrecy = Secrecy.STRUCTURE

    @classmethod
    def primary(cls) -> "IdField":
        return cls(primary_key=True, default=new_id, editable=False)


class InstantField(models.BigIntegerField):
    """Whole milliseconds of UTC since 1970."""

    secrecy = Secrecy.STRUCTURE


class DurationField(models.BigIntegerField):
    """Whole milliseconds; the name of the field ends in `_ms`."""

    secrecy = Secrecy.STRUCTURE


class EnumField(models.CharField):
    """A member of a closed enum, stored by value."""

    secrecy = Secrecy.STRUCTURE

    def __init__(self, of: type[StrEnum] | None = None, **options: Any) -> None:
        self.of = of
        if of is not None:
            options.setdefault("max_length", 32)
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()  # the enum stays out: a migration must not need it
        return name, path, list(args), options

    def from_db_value(self, value: str | None, *_: Any) -> StrEnum | str | None:
        return value if value is None or self.of is None else self.of(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None or self.of is None else self.of(value)

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        return str(self.of(value).value) if self.of is not None else str(value)


class DottedField(models.CharField):
    """A name from the program itself, such as the kind of a fact or of a reader."""

    secrecy = Secrecy.STRUCTURE

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 64)
        super().__init__(**options)


class DigestField(models.BinaryField):
    """A digest, a tag or a blind index; `max_length` bytes."""

    secrecy = Secrecy.DIGEST

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 32)
        super().__init__(**options)

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        return None if value is None else bytes(value)


class OpenBytesField(models.BinaryField):
    """Bytes that are no secret while unsealed: the body of a fact, a public key, a salt."""

    secrecy = Secrecy.STRUCTURE

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        return None if value is None else bytes(value)


class SealedField(models.BinaryField):
    """A sealed blob."""

    secrecy = Secrecy.SEALED

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        return None if value is None else bytes(value)
