"""Which GPU a worker uses: the one its task was given, else one by the number of its partition."""

import os
from collections.abc import MutableMapping, Sequence

from pyspark import TaskContext

_VARIABLE = "CUDA_VISIBLE_DEVICES"


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
