"""Makes what extraction has learned."""
