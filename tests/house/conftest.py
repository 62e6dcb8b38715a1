"""The small world, for tests that look at the whole house; the night, for those that look at who may see what."""

from world import night, night_kept

from house.small_world import world, world_file

__all__ = ["night", "night_kept", "world", "world_file"]
