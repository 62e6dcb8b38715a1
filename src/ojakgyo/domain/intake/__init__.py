"""Paper in: tables as somebody kept them, understood and checked, before anything is written."""
