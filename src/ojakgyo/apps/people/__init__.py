"""Everybody the desk knows: a code name, roles, nothing else readable."""
