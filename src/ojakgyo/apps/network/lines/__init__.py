"""Lines: who holds which since when, in what state, and what is on it."""
