from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.pipeline.extraction.html import read
from copydesk.pipeline.extraction.html.declared import json_ld
from copydesk.pipeline.extraction.html.live.entries import find_entries
from copydesk.pipeline.extraction.html.markup import read_markup
from copydesk.pipeline.extraction.html.witnesses import witnesses
from copydesk.pipeline.extraction.page import Page
from copydesk.schemas import RawArticle

Told = tuple[str, str, str]  # time, heading, text

STORM: tuple[Told, ...] = (
    ("21:40", "Power is back in Hagendorf", "The last of the four thousand homes was connected again, the works said."),
    ("20:05", "Two ferries return", "The Saare Linnu and the Luik have left the quay with some three hundred people."),
    ("19:10", "School stays shut", "Children in Ostermark have a day off tomorrow, mayor Mara Ellwood has decided."),
    ("17:32", "", "Roofs lie in the road between Ostermark and the mill, so drivers should take the valley road."),
    (
        "16:58",
        "First gusts",
        "At the airfield 118 kilometres an hour were measured before noon, a record for the month.",
    ),
)
BERATUNG: tuple[Told, ...] = (
    ("18.20 Uhr", "Der Rat stimmt zu", "Mit zwölf zu neun Stimmen nimmt der Rat von Hagendorf den Haushalt an."),
    (
        "17.45 Uhr",
        "Streit um das Freibad",
        "Die Opposition nennt die Kürzung beim Freibad ein Zeichen von Ideenlosigkeit.",
    ),
    (
        "17.02 Uhr",
        "Kämmerin Jonas spricht",
        "Ines Jonas rechnet für das nächste Jahr mit zwei Millionen Kronen weniger.",
    ),
    (
        "16.30 Uhr",
        "Die Sitzung beginnt",
        "Auf den Rängen sitzen rund fünfzig Bürgerinnen und Bürger, die meisten mit Plakaten.",
    ),
)
PARTIDO: tuple[Told, ...] = (
    (
        "22.48 h",
        "Final en Valdemora",
        "El árbitro pita el final y la grada invade el césped para abrazar a los jugadores.",
    ),
    (
        "22.31 h",
        "¡Gol de Ansúrez!",
        "Un cabezazo en el minuto ochenta pone por delante al equipo que nadie esperaba aquí.",
    ),
    (
        "22.04 h",
        "Empieza la segunda parte",
        "Sin cambios en los equipos, y con más viento que en la primera mitad del partido.",
    ),
    ("21.00 h", "Rueda el balón", "Unas cuatro mil personas llenan el campo municipal en la noche más fría del año."),
)
SEJM: tuple[Told, ...] = (
    ("14:12", "Głosowanie zakończone", "Rada gminy Brzezinka przyjęła plan przebudowy mostu większością dwóch głosów."),
    (
        "13:40",
        "Głos zabiera wójt",
        "Tomasz Brenk mówi, że bez nowego mostu miejscowość zostanie zimą odcięta od świata.",
    ),
    (
        "13:05",
        "Mieszkańcy na sali",
        "Około sześćdziesięciu osób przyszło na obrady, część z nich z transparentami w rękach.",
    ),
    (
        "12:30",
        "Początek obrad",
        "Porządek obrad ma jedenaście punktów, a most jest dopiero szósty w kolejności dzisiaj.",
    ),
)
LEAD = "A storm has reached the coast of Ostermark. What we know of roads, ferries and power stands here, newest first."


def entry(told: Told, layout: str = "article") -> str:
    time, heading, text = told
    head = f"<h3>{heading}</h3>" if heading else ""
    if layout == "list":
        return f"<li class='live-entry'><span class='entry-time'>{time}</span>{head}<p>{text}</p></li>"
    if layout == "plain":
        return f"<div><div>{time}</div><div>{head}<div>{text}</div></div></div>"
    return (
        f"<article class='liveblog-post'><header><time>{time}</time>{head}</header><div><p>{text}</p></div></article>"
    )


def raw(html: str, url: str = "https://courier.example.org/news/storm") -> RawArticle:
    return RawArticle(url=url, fetched_at=datetime(2025, 7, 2, tzinfo=UTC), content_type="text/html", content=html)


def blog(
    told: tuple[Told, ...] = STORM,
    layout: str = "article",
    head: str = "",
    title: str = "Storm reaches the coast: live",
) -> str:
    column = "".join(entry(one, layout) for one in told)
    wrapped = f"<ul>{column}</ul>" if layout == "list" else f"<div class='stream'>{column}</div>"
    return (
        f"<html><head><title>{title}</title>{head}</head><body><nav><a href='/'>News</a> <a href='/s'>Sport</a></nav>"
        f"<main><h1>{title}</h1><p>{LEAD}</p>{wrapped}</main><footer>© Lenne Courier</footer></body></html>"
    )


def declared(told: tuple[Told, ...], **more: object) -> str:
    updates = [{"@type": "BlogPosting", "headline": heading, "articleBody": text} for _, heading, text in told]
    node = {"@type": "LiveBlogPosting", "headline": "Storm reaches the coast", "liveBlogUpdate": updates, **more}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def entries_of(html: str) -> int:
    markup = read_markup(html)
    return len(find_entries(markup, witnesses(markup, json_ld.nodes(markup.json_ld))))


def entries_in(page: Page, told: tuple[Told, ...]) -> list[str]:
    lines = {line for _, heading, text in told for line in (heading, text)}
    return [paragraph for paragraph in page.paragraphs if paragraph in lines]


@pytest.mark.parametrize("layout", ["article", "list"])
@pytest.mark.parametrize(
    ("told", "title"),
    [
        (STORM, "Storm reaches the coast: live"),
        (BERATUNG, "Liveticker: Rat von Hagendorf berät den Haushalt"),
        (PARTIDO, "Valdemora - Ansó, en directo"),
        (SEJM, "Obrady o moście w Brzezince. Relacja na żywo"),
    ],
)
def test_all_entries_of_a_live_blog_are_its_body_in_page_order(told: tuple[Told, ...], title: str, layout: str) -> None:
    page = read(raw(blog(told, layout, title=title)))
    assert page.kind == "live-blog"
    assert entries_in(page, told) == [line for _, heading, text in told for line in (heading, text) if line]


@pytest.mark.parametrize("layout", ["article", "list", "plain"])
def test_json_ld_tells_the_entries_of_any_layout(layout: str) -> None:
    page = read(raw(blog(layout=layout, title="Storm reaches the coast", head=declared(STORM))))
    assert len(entries_in(page, STORM)) == 9


def test_an_entry_that_json_ld_leaves_out_is_an_entry_like_the_others() -> None:
    assert entries_of(blog(head=declared(STORM[:3]), title="Storm")) == len(STORM)


def test_microdata_tell_a_live_blog() -> None:
    marked = blog(title="Storm").replace("<main>", "<main itemscope itemtype='https://schema.org/LiveBlogPosting'>")
    assert read(raw(marked)).kind == "live-blog"


def test_where_no_time_is_printed_headings_tell_the_entries() -> None:
    told = tuple(("", heading or "Roads", text) for _, heading, text in STORM)
    head = declared(()).replace("liveBlogUpdate", "x")
    assert entries_of(blog(told, head=head).replace("<time></time>", "")) == len(STORM)


def test_entries_without_a_container_go_from_time_to_time() -> None:
    flat = "".join(f"<h4>{time}</h4><h3>{heading}</h3><p>{text}</p>" for time, heading, text in STORM)
    html = f"<html><head>{declared(())}</head><body><main><h1>Storm</h1><div>{flat}</div></main></body></html>"
    page = read(raw(html.replace("liveBlogUpdate", "x")))
    assert entries_in(page, STORM) == [line for _, heading, text in STORM for line in (heading, text) if line]
    assert not {"21:40", "16:58"} & set(page.paragraphs)


def test_the_time_of_an_entry_is_not_the_pages() -> None:
    head = declared(STORM, datePublished="2025-06-30T15:00:00+02:00", dateModified="2025-06-30T21:45:00+02:00")
    stamped = blog(head=head).replace("<time>21:40", "<time datetime='2025-06-30T21:40:00+02:00'>21:40")
    page = read(raw(stamped))
    assert page.published is not None and page.published.when.isoformat() == "2025-06-30T15:00:00+02:00"
    assert page.modified is not None and page.modified.when.isoformat() == "2025-06-30T21:45:00+02:00"


def test_a_page_that_is_silent_about_its_time_has_none_of_an_entrys() -> None:
    stamped = blog().replace("<time>21:40", "<time datetime='2025-06-30T21:40:00+02:00'>21:40")
    assert read(raw(stamped)).published is None


def test_coverage_begins_where_nothing_else_is_told() -> None:
    page = read(raw(blog(head=declared(STORM, coverageStartTime="2025-06-30T12:00:00Z"))))
    assert page.published is not None and page.published.when.isoformat() == "2025-06-30T12:00:00+00:00"


STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The council of Ostermark voted on Tuesday evening to rebuild the old bridge over the Lenne, ending a dispute.",
        "Work is to begin in March, said Mara Ellwood, who heads the building department, and will last until autumn.",
        "Opponents had asked for a tunnel instead. Their spokesman, Tomas Brenk, called the decision a hasty one.",
    )
)


@pytest.mark.parametrize(
    "box",
    [
        # a thread of comments
        "<section class='comments live-comments'>"
        + "".join(
            f"<div class='comment'><time>1{i}:05</time><p>{text}</p></div>" for i, (_, _, text) in enumerate(STORM)
        )
        + "</section>",
        # teasers of other stories, in a ticker
        "<div class='newsticker live'>"
        + "".join(
            f"<div class='item'><time>{t}</time><h3><a href='/{i}'>{h or 'Roads'}</a></h3><p>{text}</p></div>"
            for i, (t, h, text) in enumerate(STORM)
        )
        + "</div>",
        # how it came about, in a box
        "<aside class='timeline live-timeline'>"
        + "".join(f"<div class='point'><b>{time}</b><p>{text}</p></div>" for time, _, text in STORM[:4])
        + "</aside>",
        # a programme
        "<ul class='live-events'>"
        + "".join(f"<li><span>{time}</span> <span>{heading or 'Film'}</span></li>" for time, heading, _ in STORM)
        + "</ul>",
    ],
)
def test_an_article_with_times_beside_it_is_no_live_blog(box: str) -> None:
    html = f"<html><head><title>Bridge</title></head><body><main><h1>Live: bridge</h1>{STORY}{box}</main></body></html>"
    assert entries_of(html) == 0


def test_a_column_that_nothing_calls_live_is_none() -> None:
    assert entries_of(blog(layout="plain", title="What Ostermark did on Monday")) == 0
