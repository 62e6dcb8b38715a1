"""Windows on a line of hours: those around now, those of the next days, and those of the last ninety by one person."""
