"""What a person runs: the command line, feeders, subscribers, the embedded broker."""

__version__ = "0.1.0"
