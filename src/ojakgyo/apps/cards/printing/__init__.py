"""Cards onto paper, from their state alone: ten on a sheet, or one to be copied by hand; and how a card is used.

What is printed lies in no file: a child that can write none draws the page, and it goes into the answer.
"""
