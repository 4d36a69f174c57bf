"""Models: what an engine is, and one file for each kind; no Spark."""
