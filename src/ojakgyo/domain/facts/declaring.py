"""What a fact is: typed fields under a kind and a version, declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, cast, dataclass_transform

from ojakgyo.domain.values.instants import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact may carry: when it happened (from, to; both null when unknown) and when the desk was told."""

    kind: ClassVar[str]
    v: ClassVar[int]
    happened_from: Instant | None = None
    happened_to: Instant | None = None
    told: Instant | None = None


KINDS: Final[dict[tuple[str, int], type[Fact]]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(kind: str, v: int = 1) -> Callable[[type], type]:
    """Declare a fact: `area.what_happened` and its version."""

    def declare(cls: type) -> type:
        made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.kind, made.v = kind, v
        if (kind, v) in KINDS:
            raise ValueError(f"declared twice: {kind} {v}")
        KINDS[kind, v] = made
        return cast(type, made)

    return declare
