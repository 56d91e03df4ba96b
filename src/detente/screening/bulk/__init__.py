"""Whole tables screened: read row by row, screened by several processes, resumed after a fall."""
