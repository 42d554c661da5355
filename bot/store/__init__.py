"""What went wrong and what people thought of the answers, kept for the curator for some days; who asked is not kept."""
