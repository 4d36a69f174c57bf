"""Models as functions of columns; this package knows models and columns, never documents.

The rule-based job calls none of it. What needs a package of its own (torch, vLLM, transformers) imports it in the
worker that loads a model, so that neither the driver nor a run without models ever does.
"""
