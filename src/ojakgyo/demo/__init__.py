"""The practice world: an invented network, a phone to play with, the story of a night. Mounted in practice vaults only."""
