"""Each core asked with ranges: draws go through the exact solution, ranges come out."""
