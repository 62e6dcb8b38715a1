"""The rules: values in, values out. Nothing in here knows a database, a clock, a network or Django."""
