"""HTML pages to their parts."""

from copydesk.pipeline.extraction.html.explain import explain
from copydesk.pipeline.extraction.html.reader import read

__all__ = ["explain", "read"]
