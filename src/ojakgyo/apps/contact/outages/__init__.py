"""Areas that are silent as a whole: the cause is the area, and nobody in it is blamed for it."""
