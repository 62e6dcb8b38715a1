"""Now: the board, from everything below."""
