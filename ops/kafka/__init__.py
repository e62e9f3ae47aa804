"""A real Apache Kafka, from Maven Central, for tests and measurements."""
