"""The index of listed names and numbers: one file, mapped into memory, shared by processes."""
