"""URLs: their parts, and the canonical one."""
