"""A page for each reader; a page for each decision; what makes some of them, and the map, from the code."""
