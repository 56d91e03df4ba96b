"""The long game: five pure cores that can be solved, and what carries uncertainty through them.

Nothing here knows a regime. A core is mathematics with a source; what is asked of it is numbers.
"""
