"""A person named in full once is meant by the surname alone afterwards: a rule over the whole document."""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

SHORTEST: Final = 3  # letters of a surname that is looked for alone


@Language.component("copydesk_surnames", requires=["doc.ents"], assigns=["doc.ents"])
def surnames(doc: Doc) -> Doc:
    """Adds the bare surnames of people in ``doc.ents`` to it, where no other entity stands."""
    known = {span[-1].text for span in doc.ents if span.label_ == "PERSON" and len(span) > 1}
    known = {name for name in known if name[0].isupper() and len(name) >= SHORTEST}
    alone = (token.i for token in doc if token.text in known and not token.ent_type)
    doc.ents = [*doc.ents, *(Span(doc, i, i + 1, label="PERSON") for i in alone)]
    return doc
