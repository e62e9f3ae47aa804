"""Of the whole stream, on a real Kafka."""
