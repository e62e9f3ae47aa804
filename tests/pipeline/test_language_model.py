from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import visit_counts

from copydesk.pipeline.language import _identifier

WORDS = st.text(st.sampled_from("the ferry løb hafen порт 港は항구 ميناء"), max_size=60)


@given(st.one_of(WORDS, st.text(max_size=60)))
def test_n_grams_are_those_that_are_met_byte_by_byte(text: str) -> None:
    model, data = _identifier(), text.encode("utf-8", "surrogatepass")
    met = visit_counts(model.tk_nextmove, model._rowbase, model.tk_output, data) or {}
    assert list(model.visits(data).items()) == list(met.items())
