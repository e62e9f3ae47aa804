"""Draws the rooms and a page's way through them, from the code: docs/map.md and docs/map.svg."""
