"""Renderers: one page of text and tables, shown in a terminal or as Markdown."""
