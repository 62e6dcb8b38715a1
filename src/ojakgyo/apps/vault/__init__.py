"""Who may sit at the desk and what they may open: officers, cells and grants, sign-in, tokens, the gate."""
