"""What one would write instead of Copydesk, each a program of its own."""
