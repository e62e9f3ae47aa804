import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.pipeline.extraction.characters.charset import decode, repair_mojibake

JAPANESE = "<p>首相は会見で計画を表明した。市民は駅前に集まった。</p>" * 5


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc_jp", "iso-2022-jp"])
def test_a_declared_charset_is_followed(charset):
    assert decode(JAPANESE.encode(charset), charset) == JAPANESE


def test_the_page_may_declare_its_own_charset():
    page = "<meta charset='windows-1251'><p>Совет принял решение</p>"
    assert decode(page.encode("cp1251")) == page


def test_the_content_type_header_counts():
    page = "<p>Rada přijala usnesení o mostě přes řeku</p>"
    assert decode(page.encode("cp1250"), headers={"Content-Type": "text/html; charset=windows-1250"}) == page


def test_valid_utf8_wins_over_what_is_declared():
    page = "<meta charset=iso-8859-1><p>Der Bürgermeister grüßt</p>"
    assert decode(page.encode(), "iso-8859-1") == page


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_wins(charset):
    assert decode("<p>snow</p>".encode(charset), "koi8-r") == "<p>snow</p>"


def test_gb2312_means_its_superset():
    page = "<meta charset=gb2312><p>国务院𠮷</p>"
    assert decode(page.encode("gb18030")) == page


def test_stray_windows_1252_bytes_in_utf8_are_read_as_such():
    page = "Grüße aus Köln, schöne Straße über die Brücke ".encode() * 20 + b"caf\xe9 \x93quoted\x94"
    assert decode(page).endswith("café “quoted”")


def test_mojibake_is_put_right_where_it_is_certain():
    assert repair_mojibake("â€œItâ€™s overâ€\x9d, he said") == "“It’s over”, he said"


@pytest.mark.parametrize("text", ["São Paulo", "Ângela chegou", "naïve façade", "20 °C — “warm”"])
def test_sound_text_is_left_alone(text):
    assert repair_mojibake(text) == text


@given(st.binary(max_size=300), st.text(max_size=12))
def test_no_bytes_make_decoding_fail(page, charset):
    assert isinstance(decode(page, charset), str)
