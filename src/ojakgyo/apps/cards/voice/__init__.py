"""By voice: what the desk says to show that it is the desk, what it asks for, and that it may ask for the price again."""
