"""The main job on the embedded broker: the sample crawl, the account of it, and a report."""
