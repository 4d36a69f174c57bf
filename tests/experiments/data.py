"""What `prepare` exported, as bytes."""

from pathlib import Path
from typing import Final, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq

# Rows end as documents do in most training sets of text: with a blank line.
_END: Final = "\n\n"
# What is measured on need not be more: the figures of one run then differ from the next by less than seeds do.
MOST_PAIRS: Final = 200
MOST_RAW_BYTES: Final = 100_000
_MOST_ANSWER_BYTES: Final = 200


class Pair(NamedTuple):
    """A request, and its answer up to the end of its first line."""

    asked: bytes
    answer: bytes


class HeldOut(NamedTuple):
    """What no run was trained on."""

    pairs: list[Pair]
    raw: list[bytes]


def training_text(folder: Path) -> bytes:
    """Return the training rows of an exported mixture in the order of their ids, which are hashes."""
    table = pq.read_table(folder, columns=["row_id", "text", "split"])
    rows = table.filter(pc.field("split") == "train").sort_by("row_id")
    return _END.join(rows["text"].to_pylist()).encode()


def held_out(mixture: Path, pairs: Path) -> HeldOut:
    """Return pairs and raw text of split validation, the first by id."""
    rows = pq.read_table(mixture, columns=["row_id", "text", "split", "stream", "pair_ids"])
    rows = rows.filter(pc.field("split") == "validation").sort_by("row_id").to_pylist()
    wanted = {pair_id for row in rows if row["stream"] == "instruction" for pair_id in row["pair_ids"]}
    known = pq.read_table(pairs, columns=["pair_id", "context", "instruction", "response"]).sort_by("pair_id")
    found = []
    for row in known.to_pylist():
        answer = row["response"].strip().split("\n")[0].encode()[:_MOST_ANSWER_BYTES]
        if row["pair_id"] in wanted and answer and len(found) < MOST_PAIRS:
            asked = "\n".join(filter(None, [row["context"], row["instruction"]]))
            found.append(Pair(asked.encode() + b"\n", answer))
    raw, size = [], 0
    for row in rows:
        if row["stream"] == "raw" and size < MOST_RAW_BYTES:
            raw.append(row["text"].encode()[: MOST_RAW_BYTES - size])
            size += len(raw[-1])
    return HeldOut(found, raw)
