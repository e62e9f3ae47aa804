"""HTML pages to their parts."""

from pipeline.extraction.html.explain import explain
from pipeline.extraction.html.reader import read

__all__ = ["explain", "read"]
