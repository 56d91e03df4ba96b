"""The list of the United Kingdom, and the one that it replaced."""
