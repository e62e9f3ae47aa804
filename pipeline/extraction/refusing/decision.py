"""Whether a page is an article: what speaks against it, in points, from several witnesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from copydesk.pipeline.extraction.errors import NotAnArticle
from copydesk.pipeline.extraction.refusing.phrases import told_by
from copydesk.pipeline.extraction.refusing.signs import Signs, weight
from copydesk.pipeline.extraction.rights import is_notice

REFUSED: Final = 7.0
"""Points from which on a page is refused. Of 9,236 gold pages and dumps fewer than one in a thousand reach them."""
LIKELY: Final = 3.0  # points that name the kind of a page which is refused for having no text
WALLS: Final = ("consent", "bot-check", "login", "region", "not-found", "server-error", "maintenance", "shell")
LISTINGS: Final = ("search", "listing")
WITHOUT_TEXT: Final = "no-text"
PAYWALL: Final = "paywall"
OTHERS: Final = ("status", "front-page", "binary", PAYWALL, WITHOUT_TEXT)
KINDS: Final = (*WALLS, *LISTINGS, *OTHERS)
"""What a page can be that is no article."""

SPECIFIC: Final = {"region": 4, "maintenance": 1}  # points by which a kind goes before one that says less of the page
LONG: Final = 2_500  # characters of a body that no wall has, unless its headline says that it is one
TITLE: Final = 110  # characters of a headline that may be a wall's
LABEL: Final = 25  # characters; a shorter line is a button
ENOUGH: Final = 2.5  # times which share of the text must say so for it to count in full: two fifths
HEADED: Final = 30  # characters of a headline that says something
_BY_TITLE: Final = {1: 1.0, 2: 2.5}  # points of a headline by those of its phrase; a better one 3
_REST: Final = ((150, 2.0), (400, 1.0), (800, -1.0), (1_500, -3.0), (3_000, -5.0))  # characters that no phrase tells of
_MUCH: Final = -8.0
_LONGEST: Final = ((400, 0.0), (700, -2.0), (1_000, -3.0))  # characters of a listing's longest paragraph
_WHOLE: Final = -5.0

MARKED: Final[dict[str, dict[str, float]]] = {
    "password field": {"login": 2},
    "captcha widget": {"bot-check": 2.5},
    "search field filled in": {"search": 1},
    "not to be indexed": dict.fromkeys((*WALLS, *LISTINGS), 0.5) | {"not-found": 1.0},
    "markup says article": dict.fromkeys(WALLS, -2.0) | dict.fromkeys(LISTINGS, -4.0),
    "markup says listing": {"search": 2, "listing": 3},
    "markup says search": {"search": 4, "listing": 1},
    "markup says website": {"listing": 1, "search": 1, "not-found": 0.5},
    "next and previous pages": {"listing": 1, "search": 1},
    "the address of a listing": {"listing": 3, "search": 1},
    "the address of a search": {"search": 3, "listing": 1},
    "the address of a login": {"login": 2},
    "the address of an error": {"not-found": 2, "server-error": 1},
}
"""Signs that markup or the address give, with the points that they add for a kind."""


@dataclass
class Finding:
    """What a page would be were it no article: the likeliest kind, its points, and what each is for."""

    kind: str
    reasons: list[tuple[str, float]] = field(default_factory=list)

    @property
    def score(self) -> float:
        """All points together."""
        return sum(points for _, points in self.reasons)

    @property
    def refused(self) -> bool:
        """Whether that is what the page is."""
        return self.score >= REFUSED

    def add(self, reason: str, points: float) -> None:
        """One more witness, if it has anything to say."""
        if points:
            self.reasons.append((reason, round(points, 1)))

    def told(self) -> str:
        """The reasons, in one line."""
        return ", ".join(f"{reason} {points:+.1f}" for reason, points in self.reasons)


def refuse_if_none(signs: Signs, url: str | None) -> None:
    """Raises NotAnArticle for a page that is none, with the kind and the reasons.

    One without a body, or with no more than a rights notice for one, always is none.
    """
    finding = judge(signs)
    if finding is not None and finding.refused:
        raise NotAnArticle(finding.kind, f"{finding.told()} ({url})")
    if all(map(is_notice, signs.body)):
        kind = finding.kind if finding is not None and finding.score >= LIKELY else WITHOUT_TEXT
        raise NotAnArticle(kind, f"no text that looks like an article's ({url})")


def refuse_mere_offer(paragraphs: Sequence[object], url: str | None) -> None:
    """Raises NotAnArticle where a paywall left nothing of the article."""
    if not paragraphs:
        raise NotAnArticle(PAYWALL, f"nothing but an offer to subscribe ({url})")


def judge(signs: Signs) -> Finding | None:
    """The likeliest kind that the page would be were it no article; None where nothing at all speaks for one."""
    titled = _titled(signs)
    walls = [kind for kind in WALLS if signs.prose < LONG or titled[kind]]
    inside = {line: dict(told_by(line)) for line in signs.text} if walls else {}
    found = [_wall(kind, signs, titled, inside) for kind in walls]
    found += [_listing(kind, signs, titled) for kind in LISTINGS]
    return max(
        (one for one in found if one is not None), key=lambda one: one.score + SPECIFIC.get(one.kind, 0), default=None
    )


def _titled(signs: Signs) -> Counter[str]:
    """What the headlines say, by kind."""
    best: Counter[str] = Counter()
    for title in signs.titles:
        if weight(title) > TITLE:
            continue
        size = weight(title)
        part = 1.0 if size <= 36 else 0.7 if size <= 65 else 0.4  # a long headline says more than that
        for kind, points in told_by(title):
            best[kind] = max(best[kind], _BY_TITLE.get(points, 3.0) * part)  # type: ignore[assignment]
    return best


def _wall(kind: str, signs: Signs, titled: Counter[str], inside: dict[str, dict[str, int]]) -> Finding | None:
    """What speaks for a wall; ``inside`` is what each line of the text says."""
    said = sum(told.get(kind, 0) for told in inside.values())
    if not (said or titled[kind]):
        return None
    outside = [dict(told_by(line)).get(kind, 0) for line in signs.beside]
    of_kind = sum(weight(line) for line, told in inside.items() if told.get(kind, 0) > 1)
    rest = sum(weight(line) for line, told in inside.items() if not any(of in WALLS for of in told))
    lines = [line for line, told in inside.items() if told or (weight(line) >= LABEL and not is_notice(line))]
    headline = max(titled[kind], titled["not-found"] if kind == "region" and said else 0)
    finding = Finding(kind)
    finding.add("the headline says so", headline)
    finding.add("a headline that says something else", 0 if titled or not _headed(signs) else -2)
    share = of_kind / max(1, sum(map(weight, lines)))
    finding.add("the text says so", min(5, said) * min(1.0, ENOUGH * share))
    finding.add("lines outside the text say so", min(2, sum(outside) / 2))
    finding.add("share of the text that says so", 3 * share)
    finding.add("text that says something else", next((points for size, points in _REST if rest < size), _MUCH))
    finding.add("hardly any text on all of the page", 0.5 if signs.is_small else 0)
    _add_common(finding, signs)
    return finding


def _listing(kind: str, signs: Signs, titled: Counter[str]) -> Finding | None:
    if not (signs.teasers or titled[kind] or signs.marked):
        return None
    longest = max(map(weight, signs.body), default=0)
    near = signs.lines[:8] if titled[kind] or signs.teasers >= 3 else ()
    said = max((dict(told_by(line)).get(kind, 0) for line in near), default=0)
    finding = Finding(kind)
    finding.add("the headline says so", titled[kind])
    finding.add("a first line says so", 1.5 if said > 2 else 0)
    if signs.teasers >= 3:
        finding.add("text that announces other pages", 5 * max(0.0, signs.teased - 0.2))
        finding.add("pages announced", min(2, signs.teasers / 4))
    finding.add("lines that only say when", min(2, max(0, signs.stamps - 2) / 2))
    finding.add("a line printed again and again", 1 if signs.again >= 4 else 0)
    finding.add("long paragraphs", next((points for size, points in _LONGEST if longest < size), _WHOLE))
    finding.add("text of its own", -min(6, signs.prose * (1 - signs.teased) / 400))
    _add_common(finding, signs)
    return finding


def _headed(signs: Signs) -> bool:
    return any(weight(title) >= HEADED for title in signs.titles)


def _add_common(finding: Finding, signs: Signs) -> None:
    finding.add("a date of publication" if signs.dated else "no date of publication", -1 if signs.dated else 0.5)
    if not signs.is_small:  # on which a site's name passes for one
        finding.add("an author" if signs.authored else "no author", -1 if signs.authored else 0.5)
    for sign in sorted(signs.marked):
        finding.add(sign, MARKED[sign].get(finding.kind, 0))
