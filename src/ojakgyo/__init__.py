"""Ojakgyo, the operations desk of a network that helps people flee and keeps its helpers alive."""
