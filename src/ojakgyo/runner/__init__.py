"""The house at work: the loop that listens and does the rounds, the server beside it, and the door for commands."""
