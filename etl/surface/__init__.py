"""Surface variety: the wordings a bare request is put in, and the layouts of request, context and response.

Both are data, in ``data/``; this package reads, checks and chooses, and knows no Spark.
"""
