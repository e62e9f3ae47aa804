"""All that a worker has to do with Kafka: Faust's transport made safe, the way out, shards, access."""
