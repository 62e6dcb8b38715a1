"""Pages of the vault: the gate, the way in, officers, cells, what takes two, copies, and who did what."""
