"""Live blogs: which containers are entries, and what of each is the article's."""
