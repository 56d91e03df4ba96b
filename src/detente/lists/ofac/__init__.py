"""The lists of the US Treasury's Office of Foreign Assets Control, in four layouts."""
