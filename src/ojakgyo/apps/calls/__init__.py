"""What goes out: a call, its script and clock, and what came of it."""
