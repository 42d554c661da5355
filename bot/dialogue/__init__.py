"""The dialogue: from a message and what was said before to a reply and what to remember."""
