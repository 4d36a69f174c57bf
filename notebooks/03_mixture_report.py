# Databricks notebook source
# MAGIC %md
# MAGIC # Mixture report
# MAGIC
# MAGIC Planned and achieved share of raw text and instruction pairs, per split, source and stream.
# MAGIC
# MAGIC The wheel of `instructlake` must be installed on the cluster, or by `%pip install` with its path.

# COMMAND ----------

from etl.notebook import mixture_report

# COMMAND ----------

dbutils.widgets.text("config", "", "Configuration file")
dbutils.widgets.text("env", "", "Environment (may be empty)")

# COMMAND ----------

report = mixture_report(
    config=dbutils.widgets.get("config"),
    env=dbutils.widgets.get("env") or None,
)
display(report)
