"""Why a page gives no article: one family of errors, each a dead letter with a typed reason."""

from __future__ import annotations


class ExtractionError(Exception):
    """A page from which no article can be made; the message names the value at fault and the limit."""


class EmptyPage(ExtractionError):
    """The page holds no readable text: nothing was sent, or nothing but markup, scripts or noise."""


class PageTooLarge(ExtractionError):
    """The page is larger than ``copydesk.schemas.topics.MAX_PAGE_BYTES``."""


class PageTooDeep(ExtractionError):
    """The page's markup is nested or repeated beyond what any browser would show."""


class NotAnArticle(ExtractionError):
    """The page is readable but is no article: a front page, a search result, an error page, a login wall."""
