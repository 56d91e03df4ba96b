"""Names: what script they are in, how they read in Latin letters, and what their words are."""
