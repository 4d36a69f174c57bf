"""Entities: what is named, dated or counted in a text; the parts of finding them that need no Spark.

Two engines look for candidates, Spark NLP in the JVM and a Python automaton; what a candidate comes to is decided here
for both, so that they find the same.
"""
