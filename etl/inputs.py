"""What the sources hold at this moment: the files or table versions a run will read, and their fingerprint.

The fingerprint is part of what makes two runs the same: unchanged sources, configuration and code have nothing
left to do.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from pyspark.sql import DataFrame, SparkSession

from etl.config.models import InputConfig, SourceConfig
from etl.readers.instruction_sets import source_of
from etl.readers.listing import FileInfo, list_files
from etl.readers.record import Unit
from etl.readers.units import split_units
from etl.tables import read_source, source_version


class Inputs(NamedTuple):
    """What a run reads.

    Attributes:
        files: The units of file sources, each with the number of its source.
        tables: The rows of Delta sources, by the number of the source, at the version that `versions` names.
        versions: For each source and set by name, what was found: a fingerprint of its files, or a table version.
        set_files: The units of instruction sets in files, each with the number of its set.
        set_tables: The rows of instruction sets in Delta tables, by the number of the set.
    """

    files: list[tuple[int, Unit]]
    tables: dict[int, DataFrame]
    versions: dict[str, str]
    set_files: list[tuple[int, Unit]]
    set_tables: dict[int, DataFrame]


def list_inputs(spark: SparkSession, config: InputConfig) -> Inputs:
    """Return what the sources hold now.

    Raises:
        ConfigError: A source is not there, matches no file or is no Delta table.
    """
    inputs = Inputs([], {}, {}, [], {})
    for number, source in enumerate(config.sources):
        inputs.versions[source.name] = _list(spark, number, source, inputs.files, inputs.tables)
    for number, each in enumerate(config.instruction_sets):
        inputs.versions[each.name] = _list(spark, number, source_of(each), inputs.set_files, inputs.set_tables)
    return inputs


def _list(
    spark: SparkSession,
    number: int,
    source: SourceConfig,
    units: list[tuple[int, Unit]],
    tables: dict[int, DataFrame],
) -> str:
    """Add what one source holds to the units or the tables; return its fingerprint or version."""
    if source.format == "delta":
        version = source_version(spark, source)
        tables[number] = read_source(spark, source, version)
        return f"version {version}"
    files = list_files(source)
    units.extend((number, unit) for unit in split_units(files, source.format))
    return _fingerprint(files)


def _fingerprint(files: Sequence[FileInfo]) -> str:
    """Return number, size and a hash of names, sizes and times of the files; their content is not read."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.size}\0{file.modified_ns}\n".encode(errors="surrogateescape"))
    return f"{len(files)} files, {sum(file.size for file in files)} bytes, {digest.hexdigest()[:16]}"
