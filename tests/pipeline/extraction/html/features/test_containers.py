from __future__ import annotations

import numpy as np

from copydesk.pipeline.extraction.html.features.containers import NAMES, containers
from copydesk.pipeline.extraction.html.markup import Markup, read_markup

LONG = "The harbour office said that the new pier would open in June, a month before the regatta begins, at no cost."


def seen(html: str, title: int | None = None, told: tuple[int, ...] = ()) -> tuple[Markup, dict[str, list[float]]]:
    """Each column of the page, an entry a block."""
    markup = read_markup(f"<html><body>{html}</body></html>")
    at = np.arange(len(markup.blocks))
    table = containers(markup, at == title, np.isin(at, told))
    assert table.shape == (len(markup.blocks), len(NAMES))
    return markup, {name: table[:, i].tolist() for i, name in enumerate(NAMES)}


def test_items_that_repeat_are_told_by_what_all_of_them_hold() -> None:
    item = f"<li class='c{{0}}'><b>ivo</b><div>12.03.2026 10:1{{0}}</div><p>{LONG}</p></li>"
    _, of = seen(f"<p>{LONG}</p><ul>{''.join(item.format(i) for i in range(4))}</ul>")
    assert of["outer_items"] == [0] + [4] * 12
    assert of["outer_blocks"] == [0] + [3] * 12
    assert of["outer_times"] == [0] + [1] * 12
    assert of["outer_prose"] == [0] + [1] * 12
    assert of["outer_linked"] == [0] * 13


def test_two_that_are_alike_are_no_list() -> None:
    _, of = seen(f"<div><p>{LONG}</p></div><div><p>{LONG}</p></div>")
    assert set(of["inner_items"]) == {0}


def test_how_far_the_headline_is_is_told_by_the_box_that_holds_both() -> None:
    markup, of = seen(
        f"<article><h1>Pier to open in June</h1><p>{LONG}</p></article><article><p>{LONG}</p></article>", 0
    )
    size = sum(len(block.text) for block in markup.blocks)
    assert of["title_up"] == [0, 1, 2]
    assert of["title_box"][1] == np.float32((len(markup.blocks[0].text) + len(LONG)) / size)
    assert of["article_has_title"] == [1, 1, 0]
    assert of["articles"] == [2, 2, 2]


def test_a_page_without_a_headline_or_a_witness_says_so() -> None:
    _, of = seen(f"<p>{LONG}</p>")
    assert (of["title_box"], of["title_up"], of["since_told"], of["parent_told"]) == ([-1], [-1], [-999], [-1])


def test_what_stands_behind_the_last_block_that_metadata_tell() -> None:
    _, of = seen(f"<div><p>{LONG}</p><p>{LONG}</p></div><div><p>{LONG}</p></div>", told=(0,))
    assert of["since_told"] == [0, 1, 2]
    assert of["parent_told"] == [0.5, 0.5, 0]


def test_a_thread_reaches_down_to_what_is_in_it() -> None:
    _, of = seen(f"<p>{LONG}</p><div class='comment-list'><div><p>{LONG}</p></div></div>")
    assert of["in_thread"] == [0, 3]
