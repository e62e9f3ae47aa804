"""Prometheus: its configuration, alarms and their tests."""
