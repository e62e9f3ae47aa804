"""What runs around Copydesk."""
