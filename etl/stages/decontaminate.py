"""Decontaminate: a pair that holds an item of a benchmark, or was made with a template that does, is a reject."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame

from etl.benchmarks.index import BenchmarkIndex, Overlap
from etl.stages.batches import Batches, Worker
from etl.templates.models import Template
from etl.templates.parts import literal_of

BENCHMARK_OVERLAP: Final = "benchmark_overlap"

# Each is searched by itself: what stands in none of them is not trained on.
_FIELDS: Final = ("instruction", "context", "response")
_VERDICTS: Final = pa.schema([("pair_id", pa.string()), ("reason", pa.string()), ("detail", pa.string())])
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def find_overlaps(pairs: DataFrame, index: BenchmarkIndex, in_templates: Mapping[str, str] = _NONE) -> DataFrame:
    """Return `pair_id, reason, detail` of the pairs that hold a benchmark item in instruction, context or response.

    The detail names benchmark, row and column of the item, so hits of an item are counted from the rejects.

    Args:
        pairs: Pairs with all their columns.
        index: The items.
        in_templates: For the id of each template that holds an item, which: all its pairs go, for what fills a slot
            can hide the item it stands in.
    """
    searched = pairs.select("pair_id", "template_id", *_FIELDS)
    return searched.mapInArrow(_search(index, dict(in_templates)), "pair_id string, reason string, detail string")


def overlaps_of_templates(templates: Iterable[Template], index: BenchmarkIndex) -> dict[str, str]:
    """Return which item each template holds in its request or answer, by the id of the template."""
    found: dict[str, str] = {}
    for template in templates:
        for field, parts in (("request", template.request), ("answer", template.answer)):
            (overlap,) = index.find([literal_of(parts)], is_instruction=field == "request")
            if overlap is not None:
                found.setdefault(template.id, _told(overlap, f"{field} of template {template.id}"))
    return found


def _told(overlap: Overlap, where: str) -> str:
    item = overlap.item
    return f"{item.benchmark}, row {item.row}, {item.column}: {overlap.share:.0%} of its words stand in the {where}"


def _search(index: BenchmarkIndex, in_templates: dict[str, str]) -> Worker:
    def search_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            used = batch.column("template_id").to_pylist()
            details: list[str | None] = [in_templates.get(template or "") for template in used]
            for field in _FIELDS:
                texts = [text or "" for text in batch.column(field).to_pylist()]
                for number, overlap in enumerate(index.find(texts, is_instruction=field == "instruction")):
                    if overlap is not None and details[number] is None:
                        details[number] = _told(overlap, field)
            keys = batch.column("pair_id").to_pylist()
            hits = [(key, detail) for key, detail in zip(keys, details, strict=True) if detail is not None]
            if hits:
                ids, told = zip(*hits, strict=True)
                columns = [
                    pa.array(ids, pa.string()),
                    pa.array([BENCHMARK_OVERLAP] * len(ids), pa.string()),
                    pa.array(told, pa.string()),
                ]
                yield pa.RecordBatch.from_arrays(columns, schema=_VERDICTS)

    return search_batches
