"""The financial sanctions files of the European Union, in three layouts."""
