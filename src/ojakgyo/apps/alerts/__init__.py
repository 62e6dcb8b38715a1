"""Waking officers, content-free, and telling the outside watcher that the desk is alive."""
