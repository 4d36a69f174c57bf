"""The knowledge base: entities with names, facts and licences; and the gazetteer that finds their names in text.

What is shipped stands in ``data/`` and is made by ``python -m etl.knowledge.build`` from ``sources/`` and CLDR.
"""
