"""Diversity: which shares values may have, how even they are, and what an instruction asks for. Pure: no Spark."""
