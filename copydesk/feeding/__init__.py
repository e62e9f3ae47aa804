"""Pages in: what people have, read as rows, sent to ``news.raw``, and how far that has come."""
