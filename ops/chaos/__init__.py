"""Breaks things under load on a real Kafka, and draws up the account."""
