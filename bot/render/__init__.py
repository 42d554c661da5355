"""Replies as text: plain for the terminal, HTML for Telegram."""
