"""Readers of input files: bytes to records, one file a format. No Spark here; they run in the workers."""
