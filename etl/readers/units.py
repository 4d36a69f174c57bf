"""Cuts listed files into units that tasks can read side by side."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from etl.readers.listing import FileInfo
from etl.readers.open import is_compressed
from etl.readers.record import Unit

TARGET_BYTES: Final = 32 * 1024 * 1024
_SPLITTABLE: Final = frozenset({"jsonl", "parquet"})


def split_units(files: Iterable[FileInfo], file_format: str, target_bytes: int = TARGET_BYTES) -> list[Unit]:
    """The units of files of one format, the largest first so that no task is left to run alone at the end.

    Uncompressed JSON lines and Parquet are cut into byte ranges of at most `target_bytes` and nearly equal
    size: a line, or a row group, belongs to the range its first byte lies in. Else a file is one unit.
    """
    units: list[Unit] = []
    for file in files:
        pieces = 1
        if file_format in _SPLITTABLE and not is_compressed(file.path):
            pieces = max(1, -(-file.size // target_bytes))
        edges = [file.size * piece // pieces for piece in range(pieces + 1)]
        units.extend(Unit(file.path, file.name, start, end) for start, end in pairwise(edges))
    return sorted(units, key=lambda unit: (unit.start - unit.end, unit.name, unit.path, unit.start))
