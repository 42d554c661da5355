"""The Telegram edge: updates in, messages out; everything it says comes from the core."""
