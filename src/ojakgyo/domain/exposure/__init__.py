"""What follows if a belief is true: whom it would reach, by when, and along which links. Ids and arrays in and out."""
