"""What people see of a run: progress while it goes on, a closing summary, and a report page.

No Spark here: the caller collects a few small rows and hands them over as `etl.report.facts`.
"""
