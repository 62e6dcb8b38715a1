"""Paper in: spreadsheets become people, lines and links, after a dry run; and the little that goes out again."""
