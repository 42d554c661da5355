"""A bot that answers questions about one article, from its text alone."""
