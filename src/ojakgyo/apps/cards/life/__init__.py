"""How cards stand, and what is to be done next about each: for pages, without anything that a text read as."""
