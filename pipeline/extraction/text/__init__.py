"""Text dumps of pages to their parts."""

from copydesk.pipeline.extraction.text.explain import doubts, explain
from copydesk.pipeline.extraction.text.reader import read

__all__ = ["doubts", "explain", "read"]
