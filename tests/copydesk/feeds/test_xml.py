from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.feeding.rows import rows

BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY file SYSTEM "file:///etc/passwd">]>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g">
<itemMeta><versionCreated>2026-01-09T18:40:00Z</versionCreated></itemMeta>
<contentMeta><headline>&file;</headline></contentMeta><contentSet><inlineData>&c;</inlineData></contentSet></newsItem>"""


def test_entities_of_a_newsml_file_are_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "bomb.xml").write_text(BOMB)
    [row] = rows(tmp_path / "bomb.xml")
    assert "haha" not in str(row.page)
    assert "root:" not in str(row.page)


@pytest.mark.parametrize(
    "text", ["", "Snow fell.", "<note>Snow</note>", "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'"]
)
def test_a_file_that_is_neither_feed_nor_newsml_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.xml").write_text(text)
    with pytest.raises(OSError, match=r"other\.xml"):
        list(rows(tmp_path / "other.xml"))


def test_a_feed_that_is_the_name_of_a_file_opens_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<rss version='2.0'><channel><item><description>secret</description></item></channel></rss>")
    (tmp_path / "feed.rss").write_text(str(secret))
    with pytest.raises(OSError, match="neither RSS nor Atom"):
        list(rows(tmp_path / "feed.rss"))


NITF = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g">
<itemMeta><versionCreated>2026-01-09T18:40:00Z</versionCreated><firstCreated>2026-01-09T17:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>Snow</headline></contentMeta><contentSet><inlineXML><nitf><body><body.head/><body.content>
<p>Snow <b>closed</b> the pass.</p><p>It fell all night.</p></body.content></body></nitf></inlineXML></contentSet>
</newsItem>"""


def test_a_newsml_file_may_hold_nitf(tmp_path: Path) -> None:
    (tmp_path / "nitf.xml").write_text(NITF)
    [row] = rows(tmp_path / "nitf.xml")
    assert row.page
    assert row.page["text"] == "Snow\n\nSnow closed the pass.\n\nIt fell all night."
    assert row.page["hints"]["published_at"] == "2026-01-09T17:00:00+00:00"
