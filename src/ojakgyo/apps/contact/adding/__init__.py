"""Somebody new, by hand, in half a minute: four fields, the rest folded away, one act."""
