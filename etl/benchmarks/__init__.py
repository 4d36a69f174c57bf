"""Benchmarks: their items, and how to find them in other texts. Pure: no Spark."""
