"""The knowledge base: its values, its files and its checks."""
