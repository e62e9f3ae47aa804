"""Of one stage: how good, how fast, beside its peers."""
