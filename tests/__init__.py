"""Mirrors the tree; integration/ talks to real brokers and stores."""
