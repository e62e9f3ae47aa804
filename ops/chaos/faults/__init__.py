"""What can go wrong, a file for each thing that it happens to."""
