"""The small world, for tests that look at the whole house."""

from house.small_world import world, world_file

__all__ = ["world", "world_file"]
