"""What the other apps get of a person."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RealName:
    """What somebody is really called. It is shown once, and printed nowhere."""

    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Named:
    """Whether a name is kept of a person, or was and has been forgotten."""

    kept: bool
    forgotten: bool
