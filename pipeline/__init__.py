"""The stages, pure: values in, values out. No Kafka, no clock, no network, no globals that change."""

VERSION = "0.1.0"
