"""The format MDS of the library streaming, version 2, written without it: the library brings torch along.

A shard is the number of samples, the offset of each and of the end, the description of the columns as JSON, and the
samples: the sizes of values that have no fixed one, then the values. All numbers are unsigned, 32 bits, little-endian.
``index.json`` lists the shards of a folder.
"""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

INDEX: Final = "index.json"
# The limit that the library itself writes with; a larger row has a shard of its own.
SIZE_LIMIT: Final = 1 << 26
_VERSION: Final = 2
_NUMBER: Final = struct.Struct("<I")
_MOST_BYTES: Final = 2**32 - 1


class Encoding(NamedTuple):
    """How the values of a column are written.

    Attributes:
        name: What the format calls it.
        size: Bytes of a value; None where they differ.
        encode: Makes bytes of a value. MDS knows no null: absent texts are empty, absent numbers 0.
    """

    name: str
    size: int | None
    encode: Callable[[Any], bytes]


TEXT: Final = Encoding("str", None, lambda value: b"" if value is None else str(value).encode())
INTEGER: Final = Encoding("int", 8, lambda value: struct.pack("<q", value or 0))
NUMBER: Final = Encoding("float64", 8, lambda value: struct.pack("<d", value or 0.0))
TRUTH: Final = Encoding("uint8", 1, lambda value: b"\x01" if value else b"\x00")
NESTED: Final = Encoding(
    "json", None, lambda value: json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace")
)


class Shard(NamedTuple):
    """A shard: its bytes, and its entry in the index but for the name of its file."""

    data: bytes
    samples: int


class ShardWriter:
    """Gathers samples until a shard is full; holds one shard in memory."""

    def __init__(self, columns: Mapping[str, Encoding]) -> None:
        self._columns = sorted(columns.items())
        self._head = json.dumps(_config(columns), sort_keys=True).encode()
        self._samples: list[bytes] = []
        self._bytes = 0

    def add(self, row: Mapping[str, Any]) -> Shard | None:
        """Add a row; return the shard that had to be finished before, if any.

        Raises:
            ValueError: The row has more bytes than an offset can tell.
        """
        sizes, values = [], []
        for name, encoding in self._columns:
            value = encoding.encode(row[name])
            values.append(value)
            if encoding.size is None:
                sizes.append(_NUMBER.pack(len(value)))
        sample = b"".join((*sizes, *values))
        if len(sample) + len(self._head) + 64 > _MOST_BYTES:
            raise ValueError(f"a row of {len(sample):,} bytes is more than MDS can hold")
        size = len(sample) + _NUMBER.size
        full = self.finish() if self._samples and self._bytes + size > SIZE_LIMIT else None
        self._samples.append(sample)
        self._bytes += size
        return full

    def finish(self) -> Shard | None:
        """Return what was gathered as a shard, and begin another one; None where nothing was."""
        if not self._samples:
            return None
        n_samples = len(self._samples)
        at = _NUMBER.size * (n_samples + 2) + len(self._head)
        offsets = [at]
        for sample in self._samples:
            at += len(sample)
            offsets.append(at)
        head = struct.pack(f"<{n_samples + 2}I", n_samples, *offsets)
        data = b"".join((head, self._head, *self._samples))
        self._samples, self._bytes = [], 0
        return Shard(data, n_samples)


def index_text(columns: Mapping[str, Encoding], shards: Sequence[tuple[str, int, int]]) -> str:
    """Return the text of the index of a folder.

    Args:
        columns: Those of every shard.
        shards: (name of the file, bytes, samples), in the order in which they are read.
    """
    described = [
        {
            **_config(columns),
            "raw_data": {"basename": name, "bytes": size, "hashes": {}},
            "samples": samples,
            "zip_data": None,
        }
        for name, size, samples in shards
    ]
    return json.dumps({"shards": described, "version": _VERSION}, sort_keys=True) + "\n"


def _config(columns: Mapping[str, Encoding]) -> dict[str, Any]:
    ordered = sorted(columns.items())
    return {
        "version": _VERSION,
        "format": "mds",
        "compression": None,
        "hashes": [],
        "size_limit": SIZE_LIMIT,
        "column_names": [name for name, _ in ordered],
        "column_encodings": [encoding.name for _, encoding in ordered],
        "column_sizes": [encoding.size for _, encoding in ordered],
    }
