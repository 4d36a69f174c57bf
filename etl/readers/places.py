"""Where files are: local disk, or an object store or HDFS through `pyarrow.fs`."""

import os
import re
from functools import lru_cache
from typing import Final, NamedTuple

import pyarrow as pa
from pyarrow import fs

from etl.errors import ConfigError

# What Hadoop calls a scheme, and what `pyarrow.fs` calls it.
SCHEMES: Final = {
    "s3a": "s3",
    "s3n": "s3",
    "s3": "s3",
    "gs": "gs",
    "gcs": "gs",
    "abfss": "abfss",
    "abfs": "abfs",
    "hdfs": "hdfs",
    "viewfs": "viewfs",
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_LOCAL = re.compile(r"file:(?://(?:localhost)?(?=/))?", re.IGNORECASE)
_DBFS = re.compile(r"dbfs:/*", re.IGNORECASE)


class Place(NamedTuple):
    """A path taken apart.

    Attributes:
        store: Scheme and authority as `pyarrow.fs` wants them, such as ``s3://bucket``; None for local disk.
        path: The path in that store, without a leading slash; for local disk the absolute path.
    """

    store: str | None
    path: str


def place_of(path: str) -> Place:
    """Take a path or URI apart; ``file:`` and ``dbfs:`` become local paths.

    Raises:
        ConfigError: The scheme is none that files can be read from.
    """
    if dbfs := _DBFS.match(path):
        return Place(None, os.path.abspath("/dbfs/" + path[dbfs.end() :]))  # noqa: PTH100 - resolve() follows links
    if local := _LOCAL.match(path):
        return Place(None, os.path.abspath(path[local.end() :]))  # noqa: PTH100
    scheme = _SCHEME.match(path)
    if scheme is None:
        return Place(None, os.path.abspath(path))  # noqa: PTH100
    known = SCHEMES.get(scheme[1].lower())
    if known is None:
        raise ConfigError(
            f"{path}: files cannot be read from {scheme[1]}://. Valid are local paths, file:, dbfs:/, "
            f"{', '.join(f'{name}://' for name in SCHEMES)}; or load the data into a Delta table "
            "and read it with format: delta"
        )
    authority, _, rest = path[scheme.end() :].partition("/")
    return Place(f"{known}://{authority}", rest.strip("/"))


@lru_cache(maxsize=64)
def open_store(store: str) -> tuple[fs.FileSystem, str]:
    """The file system behind `Place.store`, and the path of its root in it.

    One is made per process and store: making one may ask a service for regions and credentials.

    Raises:
        ConfigError: This build of pyarrow cannot reach the store, or the store does not answer.
    """
    try:
        filesystem, root = fs.FileSystem.from_uri(store)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ConfigError(
            f"{store}: this store cannot be opened ({error}). Check address and credentials; "
            "or load the data into a Delta table and read it with format: delta"
        ) from error
    return filesystem, root.rstrip("/")
