"""The one model of parties, names, identifiers and listings, whatever list they come from."""
