"""Events out: typed records of a topic, filtered; an event as a line to read."""
