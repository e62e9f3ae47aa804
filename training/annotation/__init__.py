"""Makes what annotation has learned."""
