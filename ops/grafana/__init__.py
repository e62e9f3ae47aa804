"""Grafana's dashboards, made by a script."""
