"""The small network these tests play in."""

from world import night, night_kept

__all__ = ["night", "night_kept"]
