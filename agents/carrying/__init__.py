"""Carries messages through a stage: work in the pool, settled in order, sent, confirmed, acked, counted."""
