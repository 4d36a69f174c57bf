"""Readers as tests call them: bytes in, a list of records and failures out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.config.models import SourceConfig
from etl.readers.read import read_unit
from etl.readers.record import Failure, Record, Unit

Read = Callable[..., list[Record | Failure]]


@pytest.fixture
def make_source() -> Callable[..., SourceConfig]:
    def make(path: Path | str = "unused", file_format: str = "jsonl", **fields: Any) -> SourceConfig:
        return SourceConfig(name="s", path=str(path), format=file_format, **fields)

    return make


@pytest.fixture
def read(tmp_path: Path, make_source: Callable[..., SourceConfig]) -> Read:
    """``read(name, data, file_format, max_chars, **fields of the source)``; data None: what lies there."""

    def run(
        name: str, data: bytes | None, file_format: str = "jsonl", max_chars: int = 1000, **fields: Any
    ) -> list[Record | Failure]:
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        size = path.stat().st_size if path.exists() else 0
        source = make_source(path, file_format, **fields)
        return list(read_unit(Unit(str(path), name, 0, size), source, max_chars))

    return run
