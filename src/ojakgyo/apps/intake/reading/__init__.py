"""Files are read in a child process that never sees a key."""
