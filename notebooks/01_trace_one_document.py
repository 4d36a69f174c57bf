# Databricks notebook source
# MAGIC %md
# MAGIC # Trace one document
# MAGIC
# MAGIC What became of one document: raw text, blocks, pairs and rejects (rule, evidence, reason), its mixture row.
# MAGIC
# MAGIC The wheel of `instructlake` must be installed on the cluster, or by `%pip install` with its path.

# COMMAND ----------

from etl.notebook import trace

# COMMAND ----------

dbutils.widgets.text("config", "", "Configuration file")
dbutils.widgets.text("env", "", "Environment (may be empty)")
dbutils.widgets.text("doc", "", "doc_id or source_id")

# COMMAND ----------

story = trace(
    config=dbutils.widgets.get("config"),
    doc=dbutils.widgets.get("doc"),
    env=dbutils.widgets.get("env") or None,
)
print(story)
