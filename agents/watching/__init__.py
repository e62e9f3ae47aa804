"""What a worker tells of itself: metrics, lag, health, logs, spans; and the watchdog that ends it."""
