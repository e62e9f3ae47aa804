"""The shell round the pipeline: the Faust app, its agents, delivery, dead letters, metrics, settings."""
