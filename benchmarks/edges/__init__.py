"""Of the ways in and out: feeders, sinks, the live page."""
