"""Pandas UDFs that call models; this package knows models and columns, never documents.

The rule-based job needs none of it: nothing under ``etl`` imports this package until a model is configured.
"""
