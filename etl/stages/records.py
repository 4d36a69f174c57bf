"""Records: what the units of input hold, read by the worker that needs it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame

from etl.config.models import InputConfig, SourceConfig
from etl.readers.fields import record_from_row
from etl.readers.read import read_unit
from etl.readers.record import Failure, Record, Unit
from etl.stages.batches import Batches

_RAW: Final = pa.schema([("source", pa.string()), ("source_id", pa.string()), ("raw", pa.string())])
_ROLES: Final = ("text", "id", "url", "title", "lang", "license", "format")


def read_records(
    batches: Batches, sources: Sequence[SourceConfig], max_chars: int, limit: int | None
) -> Iterator[tuple[SourceConfig, Record | Failure]]:
    """Yield each record of the units in `batches`, or why it is none, with its source; at most `limit` a source."""
    taken = [0] * len(sources)
    for batch in batches:
        for unit in batch.to_pylist():
            number = unit["source_no"]
            source = sources[number]
            if unit["path"] is None:
                yield source, record_from_row(_named_by(source, unit), source, max_chars, place="")
                continue
            place = Unit(unit["path"], unit["name"], unit["start"], unit["end"])
            for record in read_unit(place, source, max_chars):
                if limit is not None and taken[number] >= limit:
                    break
                taken[number] += 1
                yield source, record


def _named_by(source: SourceConfig, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a table with the names its source gives its columns."""
    names = [getattr(source, f"{role}_col") for role in _ROLES]
    return {name: row[role] for name, role in zip(names, _ROLES, strict=True) if name is not None}


def raw_records(units: DataFrame, config: InputConfig) -> DataFrame:
    """Return every record as its source has it, failures with what is left of them: `source, source_id, raw`."""
    sources, max_chars = tuple(config.sources), config.max_chars

    def read_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for source, record in read_records(batches, sources, max_chars, None):
            raw = record.payload if isinstance(record, Failure) else record.text
            yield pa.RecordBatch.from_pydict(
                {"source": [source.name], "source_id": [record.source_id], "raw": [raw]}, schema=_RAW
            )

    return units.mapInArrow(read_batches, "source string, source_id string, raw string")
