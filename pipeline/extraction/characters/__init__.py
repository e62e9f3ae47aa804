"""From bytes to text that is clean: charsets, hidden characters, what is no text."""
