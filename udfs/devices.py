"""GPUs: how many a task is given, and which one its worker uses."""

import inspect
import os
from collections.abc import MutableMapping, Sequence
from typing import Any

from pyspark import TaskContext
from pyspark.resource import ResourceProfileBuilder, TaskResourceRequests
from pyspark.sql import DataFrame

_VARIABLE = "CUDA_VISIBLE_DEVICES"


def schedules_stages() -> bool:
    """Return whether this Spark lets a function of a DataFrame ask for resources of its own; Spark 3 does not."""
    return "profile" in inspect.signature(DataFrame.mapInArrow).parameters


def requested(gpus: float | None) -> dict[str, Any]:
    """Return the argument of `mapInArrow` that gives each task of its stage so many GPUs; none for None.

    Only what a task needs is said: executors stay as they are, so no dynamic allocation is needed. It takes a cluster
    (standalone, YARN, Kubernetes) whose executors have GPUs.
    """
    if gpus is None:
        return {}
    requests = TaskResourceRequests().cpus(1).resource("gpu", gpus)
    return {"profile": ResourceProfileBuilder().require(requests).build}


def use_own_device() -> None:
    """Show this process the GPU of its task only; to be called before a package that looks for GPUs is imported."""
    context = TaskContext.get()
    if context is not None:
        resources = context.resources()
        given = resources["gpu"].addresses if "gpu" in resources else []
        show_device(os.environ, given, context.partitionId())


def show_device(environment: MutableMapping[str, str], given: Sequence[str], partition: int) -> None:
    """Set what a process sees of the GPUs.

    A worker that has chosen once stays with it: its engine is loaded there, and the next task may be given another.

    Args:
        environment: The environment of the process.
        given: Addresses that Spark gave the task; none where it does not schedule GPUs, as on one machine.
        partition: Number of the task's partition: it spreads workers over the GPUs that the process sees.
    """
    if "INSTRUCTLAKE_DEVICE" in environment:
        return
    seen = [each for each in environment.get(_VARIABLE, "").split(",") if each]
    chosen = list(given) or ([seen[partition % len(seen)]] if seen else [])
    if chosen:
        environment[_VARIABLE] = ",".join(chosen)
        environment["INSTRUCTLAKE_DEVICE"] = environment[_VARIABLE]
