"""Templates: requests and answers with typed slots, and what fills these: entities of the knowledge base, and passages.

Templates are data, in ``data/``; this package reads, checks and fills them, and knows no Spark.
"""
