"""A line's own page: all that is known of it, for who holds its holder's cell; and which lines run out soon."""
