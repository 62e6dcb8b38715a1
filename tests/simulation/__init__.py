"""The whole desk of this release from one integer: its real actions and duties, driven in-process, under faults.

`./ojak simulate --seed N`. What is told, what may go wrong and what must hold all the same: docs/explanation/simulation.md.
"""
