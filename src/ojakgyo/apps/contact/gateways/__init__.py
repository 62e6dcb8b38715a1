"""Machines that hand in what they hear: kept with a key each, heard or deaf, dropped."""
