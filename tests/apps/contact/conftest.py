"""The small world these tests play in."""

from house.small_world import world, world_file
from world import night, night_kept

__all__ = ["night", "night_kept", "world", "world_file"]
