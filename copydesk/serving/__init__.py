"""Events over HTTP: a live page, Server-Sent Events, feeds of a filter."""
