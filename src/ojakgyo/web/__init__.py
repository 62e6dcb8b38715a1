"""The frame of every page: templates, style, the one script, times, words, pictures, the live bell. Knows no app."""
