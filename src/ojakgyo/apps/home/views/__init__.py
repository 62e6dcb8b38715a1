"""Pages that gather from every app: Now, the log, search, shifts."""
