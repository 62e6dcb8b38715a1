"""Silences: a window was missed, and until it is known why, somebody by name looks after it."""
