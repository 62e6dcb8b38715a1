"""May I call; meetings and stays; reports."""
