"""Which place on earth a name means."""
