"""What is typed on the vault's pages."""
