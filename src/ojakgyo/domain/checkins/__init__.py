"""Check-ins: when a sign of life is due, when it is late, when it is missed."""
