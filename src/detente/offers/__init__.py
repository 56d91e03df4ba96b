"""What each side gives and asks, and how it may be read."""
