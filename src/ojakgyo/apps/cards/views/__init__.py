"""The list of cards; one card and its next step; issuing one; what is said through whose line."""
