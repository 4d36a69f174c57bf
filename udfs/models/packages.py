"""Packages that only a worker with a model imports."""

import os
from importlib import import_module
from typing import Any, Final

from udfs.models.base import EngineError, ModelSpec

# An argument of ours, which no library is given.
THREADS: Final = "threads"
# A cluster's workers have no way to a hub, or should not take one: a model that is not there is an error at once.
_OFFLINE: Final = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


def use_threads(spec: ModelSpec) -> None:
    """Let an engine compute with as many threads as its argument `threads` says; to be called before torch is imported.

    Spark sets the variable to the cores of a task, which is one unless the job says otherwise, and what computes reads
    it once, when it is loaded.
    """
    if threads := int(spec.argument(THREADS, 0)):
        os.environ["OMP_NUM_THREADS"] = str(threads)


def needed(package: str, what_for: str) -> Any:
    """Return a package of the extra ``[models]``.

    Typed as Any, because the default installation has none of these packages to check against.

    Raises:
        EngineError: It is not installed, or cannot be imported on this machine.
    """
    for name, value in _OFFLINE.items():
        os.environ.setdefault(name, value)
    try:
        return import_module(package)
    except ImportError as error:
        raise EngineError(
            f"{what_for} needs the package {package}, which this worker cannot import ({error}): "
            "pip install 'instructlake[models]'"
        ) from error
