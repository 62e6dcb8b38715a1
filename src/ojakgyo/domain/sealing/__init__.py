"""Sealing: one file names a cipher (`primitives`); everything else says what is sealed, and for whom."""
