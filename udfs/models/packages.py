"""Packages that only a worker with a model imports."""

import os
from importlib import import_module
from typing import Any, Final

from udfs.models.base import EngineError

# A cluster's workers have no way to a hub, or should not take one: a model that is not there is an error at once.
_OFFLINE: Final = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


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
