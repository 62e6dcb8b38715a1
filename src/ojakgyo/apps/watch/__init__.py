"""The watch: signals, what they make likely, and who must be warned until when."""
