"""What a page declares of itself in JSON-LD, broken or whole."""
