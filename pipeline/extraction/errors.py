"""Why a page gives no article: one family of errors, each a dead letter with a typed reason."""

from __future__ import annotations


class ExtractionError(Exception):
    """A page from which no article can be made; the message names the value at fault and the limit.

    ``kind`` is the same in one word, for counting; ``source`` the outlet's domain, where it is known.
    """

    kind: str = "error"
    source: str | None = None


class EmptyPage(ExtractionError):
    """The page holds no readable text: nothing was sent, or nothing but markup, scripts or noise."""

    kind = "empty"


class PageTooLarge(ExtractionError):
    """The page is larger than ``copydesk.schemas.topics.MAX_PAGE_BYTES``."""

    kind = "too-large"


class PageTooDeep(ExtractionError):
    """The page's markup is nested or repeated beyond what any browser would show."""

    kind = "too-deep"


class NotAnArticle(ExtractionError):
    """The page is readable but is no article: a wall, an error page, a list of articles.

    The message begins with ``kind``, one of ``copydesk.pipeline.extraction.refusing.decision.KINDS``.
    """

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(kind, why)
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.args[0]}: {self.args[1]}"
