"""HTML pages to their parts."""

from copydesk.pipeline.extraction.html.explain import doubts, explain
from copydesk.pipeline.extraction.html.reader import read

__all__ = ["doubts", "explain", "read"]
