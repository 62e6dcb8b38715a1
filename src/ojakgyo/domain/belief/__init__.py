"""What the desk believes of one person: taken or not, since when, and which signal said so."""
