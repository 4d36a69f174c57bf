"""The Airflow DAG, read as a syntax tree: Airflow itself is too big to install for every check.

The soak tests import the file in a real Airflow; this check finds misspelt arguments within milliseconds.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from deploy.checks.command_line import check_arguments, check_installed_file
from deploy.checks.schedules import check_cron

# SparkSubmitOperator of apache-airflow-providers-apache-spark 6.3.4, without its deprecated names.
OPERATOR_ARGUMENTS = frozenset(
    """
    application conf conn_id files py_files archives driver_class_path jars java_class packages
    exclude_packages repositories total_executor_cores executor_cores executor_memory driver_memory
    keytab principal proxy_user name num_executors status_poll_interval application_args env_vars
    verbose spark_binary properties_file yarn_queue deploy_mode use_krb5ccache post_submit_commands
    track_driver_via_k8s_api yarn_track_via_rm_api yarn_rm_auth openlineage_inject_parent_job_info
    openlineage_inject_transport_info durable
    """.split()  # noqa: SIM905 -- forty names read better as words
)
TASK_ARGUMENTS = frozenset(
    """
    task_id retries retry_delay retry_exponential_backoff max_retry_delay execution_timeout doc_md pool
    priority_weight queue trigger_rule on_failure_callback on_retry_callback on_success_callback
    """.split()  # noqa: SIM905 -- forty names read better as words
)
DAG_ARGUMENTS = frozenset(
    """
    dag_id description schedule start_date end_date catchup max_active_runs dagrun_timeout default_args
    tags doc_md params max_consecutive_failed_dag_runs
    """.split()  # noqa: SIM905 -- forty names read better as words
)


def check_dag(dag_file: Path, root: Path) -> list[str]:
    """Return the findings about a DAG file whose tasks are SparkSubmitOperators."""
    where = dag_file.name
    try:
        tree = ast.parse(dag_file.read_text(encoding="utf-8"))
    except SyntaxError as error:
        return [f"{where}: line {error.lineno}: {error.msg}"]
    constants: dict[str, object] = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    dags, tasks = list(_calls(tree, "DAG")), list(_calls(tree, "SparkSubmitOperator"))
    if len(dags) != 1 or not tasks:
        return [f"{where}: expected one DAG and its SparkSubmitOperator, found {len(dags)} and {len(tasks)}"]
    found = _check_dag_call(dags[0], constants, where)
    for task in tasks:
        found += _check_task_call(task, constants, where, root)
    return found


def _check_dag_call(call: ast.Call, constants: dict[str, object], where: str) -> list[str]:
    given = _keywords(call, constants)
    found = [f"{where}: DAG has no argument {name}" for name in given if name not in DAG_ARGUMENTS]
    found += check_cron(given.get("schedule"), f"{where}: schedule")
    if given.get("max_active_runs") != 1:
        found.append(f"{where}: max_active_runs must be 1, the tables have one writer at a time")
    if given.get("catchup") is not False:
        found.append(f"{where}: catchup must be False, a run takes in everything that is new")
    return found


def _check_task_call(call: ast.Call, constants: dict[str, object], where: str, root: Path) -> list[str]:
    given = _keywords(call, constants)
    known = OPERATOR_ARGUMENTS | TASK_ARGUMENTS
    found = [f"{where}: SparkSubmitOperator has no argument {name}" for name in given if name not in known]
    found += [f"{where}: {name} is missing" for name in ("task_id", "application") if name not in given]
    found += check_installed_file(str(given.get("application")), root, where)
    arguments = given.get("application_args")
    if not isinstance(arguments, list):
        return [*found, f"{where}: application_args must be a list"]
    return found + check_arguments([str(argument) for argument in arguments], where)


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _keywords(call: ast.Call, constants: dict[str, object]) -> dict[str, object]:
    return {str(keyword.arg): _value(keyword.value, constants) for keyword in call.keywords}


def _value(node: ast.expr, constants: dict[str, object]) -> object:
    """The value of a literal, list, f-string or module constant; None for anything that is computed."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.List):
        return [_value(item, constants) for item in node.elts]
    if isinstance(node, ast.JoinedStr):
        return "".join(str(_value(part, constants)) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _value(node.value, constants)
    return None
