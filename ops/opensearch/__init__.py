"""A real OpenSearch for tests."""
