"""Radio silence: one officer begins it, one ends it, and meanwhile the desk calls nobody and blames nobody."""
