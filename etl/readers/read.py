"""Reads a unit by the format of its source; what the workers call."""

from collections.abc import Callable, Iterator
from typing import Final

from etl.config.models import SourceConfig
from etl.readers.csv import read_csv
from etl.readers.files import read_file
from etl.readers.jsonl import read_jsonl
from etl.readers.parquet import read_parquet
from etl.readers.reasons import UNREADABLE_FILE
from etl.readers.record import Failure, Record, Unit
from etl.readers.warc import read_warc

Reader = Callable[[Unit, SourceConfig, int], Iterator[Record | Failure]]

READERS: Final[dict[str, Reader]] = {
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
    "text": read_file,
    "markdown": read_file,
    "html": read_file,
    "wet": read_warc,
    "warc": read_warc,
}


def read_unit(unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    """Yield every document of a unit as a record, and as a failure whatever could not become one.

    Streams: memory depends on the longest text allowed, not on the size of the file. The same unit yields the
    same records in the same order each time.

    Args:
        unit: What to read, as made by `etl.readers.units.split_units`; of a file source, not of Delta.
        source: The source the unit belongs to.
        max_chars: Code points a text may have.

    Raises:
        OSError: Disk or store failed in a way that a retry may cure. A file that is gone, or closed to the
            reader, is a failure instead.
    """
    try:
        yield from READERS[source.format](unit, source, max_chars)
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        yield Failure(UNREADABLE_FILE, f"{unit.path}: {error.strerror or error}", "", f"{unit.name}@{unit.start}")
