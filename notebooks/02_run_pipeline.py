# Databricks notebook source
# MAGIC %md
# MAGIC # Run the pipeline
# MAGIC
# MAGIC The same job as `instructlake run`. It goes on with an unfinished run of the same input and configuration; where
# MAGIC the newest run is finished, there is nothing to do.
# MAGIC
# MAGIC `set` takes overrides as on the command line, separated by spaces: `mixture.ratio=0.02 select.profile=strict`.
# MAGIC
# MAGIC The wheel of `instructlake` must be installed on the cluster, or by `%pip install` with its path.

# COMMAND ----------

import shlex

from etl.notebook import run

# COMMAND ----------

dbutils.widgets.text("config", "", "Configuration file")
dbutils.widgets.text("env", "", "Environment (may be empty)")
dbutils.widgets.text("set", "", "Overrides (may be empty)")
dbutils.widgets.text("run_date", "", "Run date YYYY-MM-DD (may be empty)")

# COMMAND ----------

summary = run(
    config=dbutils.widgets.get("config"),
    env=dbutils.widgets.get("env") or None,
    overrides=shlex.split(dbutils.widgets.get("set")),
    run_date=dbutils.widgets.get("run_date") or None,
)
print(summary)

# COMMAND ----------

dbutils.notebook.exit(summary)
