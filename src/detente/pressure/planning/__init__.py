"""Choosing levers over quarters: the problem, its optimum, what nearly won, what forbids."""
