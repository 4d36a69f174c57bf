"""Matching: which requests of people fit a document, by vectors (FineInstructions, Patel et al. 2026). Pure."""
