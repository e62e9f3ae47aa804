"""What runs an installation: topics, roles, dead letters, tracing a story, several workers, what is missing."""
