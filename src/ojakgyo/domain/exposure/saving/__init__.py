"""Who is saved with whoever is told in time: dominator trees of each drawn world, and a ledger that counts nobody twice."""
