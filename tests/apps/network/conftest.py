"""The small world these tests play in."""

from house.small_world import world, world_file

__all__ = ["world", "world_file"]
