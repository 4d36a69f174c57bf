"""Fingerprints: numbers that say how much two texts have in common. Pure, vectorised, the same on every machine."""
