"""CPU seconds of data-juicer's MinHash operator: ``python data_juicer_minhash.py DOCUMENTS FOLDER ROUNDS``.

Run by `tests.benchmarks.near_duplicates_peers` with an interpreter of its own, as it needs `py-data-juicer`, `ray` and
`torch`, which this project does not. DOCUMENTS is a folder of JSON lines with `id` and `text`, FOLDER is empty. The
operator runs in this process with its defaults, on a data set that is on disk as Arrow already: reading JSON is not
counted, nor are imports.
"""

import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path

# It installs what an operator lacks while it runs; that would be measured too.
OFFLINE = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "UV_OFFLINE", "UV_NO_CACHE", "PIP_NO_INDEX")


def main() -> None:
    documents, folder, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    os.environ.update(dict.fromkeys(OFFLINE, "1"))
    os.environ["HF_HOME"] = os.environ["DATA_JUICER_CACHE_HOME"] = str(folder)
    import datasets
    from data_juicer.core.data import NestedDataset
    from data_juicer.ops.deduplicator.document_minhash_deduplicator import DocumentMinhashDeduplicator
    from loguru import logger

    logger.remove()
    datasets.disable_caching()
    datasets.disable_progress_bars()
    rows = [json.loads(line) for path in sorted(documents.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    datasets.Dataset.from_list(rows).save_to_disk(str(folder / "documents"))
    spent, walls, kept = [], [], []
    for number in range(rounds + 1):  # what it loads on the first call is not counted
        stored = NestedDataset(datasets.load_from_disk(str(folder / "documents")))
        began, used = time.perf_counter(), cpu_seconds()
        found = DocumentMinhashDeduplicator(num_proc=1).run(stored if number else stored.select(range(16)))
        if number:
            spent.append(cpu_seconds() - used)
            walls.append(time.perf_counter() - began)
            kept = found["id"]
    print(
        json.dumps(
            {"version": version("py-data-juicer"), "cpu_seconds": spent, "wall_seconds": walls, "kept": list(kept)}
        )
    )


def cpu_seconds() -> float:
    """Return what this process has used, and the workers it waited for."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
