"""Official sanctions lists: fetching, recognising, cutting into records, reading, comparing."""
