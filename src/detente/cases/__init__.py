"""Cases that a lawyer writes: law, evidence and the answer expected, and whether it is given."""
