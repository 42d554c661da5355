"""Matching: which entries explain what a message says, and how well."""
