"""What can be seen of a page's blocks of text, as numbers."""
