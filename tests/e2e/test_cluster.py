"""The shipped job on a cluster: a master and two workers in processes of their own, of which none has the program."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest
from pyspark.sql import SparkSession

from tests.e2e.conftest import Shipped, at
from tests.e2e.content import check_accounts, content_of
from tests.e2e.processes import SPARK_SUBMIT, end_group, environment, finish, start

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.soak, pytest.mark.timeout(1200)]

_SPARK_CLASS = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
_DEPLOY = "org.apache.spark.deploy"
_HERE = "127.0.0.1"
_WORKERS = 2
# A worker takes 9 to 21 seconds to be known on two busy cores.
_START_SECONDS = 180


def free_ports(n: int) -> list[int]:
    sockets = [socket.socket() for _ in range(n)]
    for each in sockets:
        each.bind((_HERE, 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def alive_workers(web_port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://{_HERE}:{web_port}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except OSError:
        return 0


@pytest.fixture
def master(tmp_path: Path) -> Iterator[str]:
    """The address of a cluster whose workers start in an empty folder, with nothing of this checkout on their path."""
    port, web_port, *worker_ports = free_ports(2 + _WORKERS)
    address = f"spark://{_HERE}:{port}"
    env = {**environment(), "SPARK_LOCAL_IP": _HERE, "SPARK_DAEMON_MEMORY": "512m", "SPARK_LOG_DIR": str(tmp_path)}
    env.pop("PYTHONPATH", None)
    quiet = {"env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    listen = ["--host", _HERE, "--webui-port"]
    master_command = [_SPARK_CLASS, f"{_DEPLOY}.master.Master", *listen, str(web_port), "--port", str(port)]
    processes = [start(master_command, tmp_path, **quiet)]
    try:
        for number, worker_port in enumerate(worker_ports):
            command = [_SPARK_CLASS, f"{_DEPLOY}.worker.Worker", *listen, str(worker_port), "--cores", "1"]
            command += ["--memory", "1g", "--work-dir", str(tmp_path / f"work-{number}"), address]
            processes.append(start(command, tmp_path, **quiet))
        deadline = time.monotonic() + _START_SECONDS
        while alive_workers(web_port) < _WORKERS:
            assert time.monotonic() < deadline, "the workers never came"
            time.sleep(1)
        yield address
    finally:
        for process in reversed(processes):
            end_group(process)


def test_a_cluster_makes_the_same_rows_as_one_machine(
    spark: SparkSession, shipped: Shipped, master: str, tmp_path: Path
) -> None:
    submit, program = SPARK_SUBMIT
    conf = {"spark.driver.host": _HERE, "spark.driver.bindAddress": _HERE, "spark.pyspark.python": sys.executable}
    given = [piece for key, value in conf.items() for piece in ("--conf", f"{key}={value}")]
    sizes = ["--executor-memory", "512m", "--executor-cores", "1", "--total-executor-cores", str(_WORKERS)]
    command = [submit, "--master", master, *given, *sizes, program, *at(tmp_path / "lake")]
    result = finish(command, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert content_of(spark, tmp_path / "lake") == content_of(spark, shipped.lake)
    check_accounts(spark, tmp_path / "lake")
