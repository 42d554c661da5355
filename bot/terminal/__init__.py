"""The terminal edge: the same conversation on standard input and output."""
