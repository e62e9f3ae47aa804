"""What makes a release: one version everywhere, notes of it, and files that are the same each time they are built."""
