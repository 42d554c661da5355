"""Rendering: a reply as it is shown, in each of the ways it can be shown."""
