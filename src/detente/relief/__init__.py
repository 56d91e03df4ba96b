"""The core: letter and spirit of every measure, what is missing, and what would open it."""
