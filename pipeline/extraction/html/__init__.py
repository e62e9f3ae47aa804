"""HTML pages to their parts."""

from pipeline.extraction.html.explain import Verdict, explain
from pipeline.extraction.html.reader import read

__all__ = ["Verdict", "explain", "read"]
