"""The change of a shift: the brief, two hands, one line, and the sheet for a night without power."""
