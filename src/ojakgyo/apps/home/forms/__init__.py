"""What is typed on the pages of home, a room for each."""
