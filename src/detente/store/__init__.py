"""Where editions of lists are kept, with the interval in which each entry stood as it did."""
