"""HTML pages to their parts."""

from pipeline.extraction.html.reader import read

__all__ = ["read"]
