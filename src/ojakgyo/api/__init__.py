"""What programs ask: health, and the board's twin in JSON under /api/v1."""
