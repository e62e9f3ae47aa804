"""What is quoted, and who said it."""
