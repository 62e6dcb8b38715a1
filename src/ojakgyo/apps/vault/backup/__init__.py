"""Backups: two age files of one moment, and the way back from them.

Data is kept for long and opens no name; keys are kept the newest two. A name whose key was destroyed is lost in every
old copy of the data as soon as the older keys are gone.
"""
