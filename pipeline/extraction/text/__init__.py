"""Text dumps of pages to their parts."""

from pipeline.extraction.text.explain import explain
from pipeline.extraction.text.reader import read

__all__ = ["explain", "read"]
