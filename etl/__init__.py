"""instructlake: raw corpora in, instruction pairs and training mixtures out, as Delta tables."""

__version__ = "0.1.0"
