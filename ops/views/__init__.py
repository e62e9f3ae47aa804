"""Views are held against the types that schema.org publishes."""
