"""Plans: how to reach somebody in time."""
