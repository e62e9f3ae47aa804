"""Makes what extraction has learned."""

SCRIPTS = ("html_blocks", "html_titles", "text_lines")  # each reads pages with what those before it made
