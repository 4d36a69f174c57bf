"""These need torch, which the tests do not bring; the collector of doctests must not import them."""

collect_ignore = ["measures.py", "model.py"]
