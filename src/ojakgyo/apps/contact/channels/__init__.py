"""The ways by which something comes in, behind one small protocol: what it is, what it says, and who vouches for it."""
