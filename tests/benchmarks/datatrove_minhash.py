"""CPU seconds of datatrove's four MinHash stages: ``python datatrove_minhash.py DOCUMENTS FOLDER ROUNDS``.

Run by `tests.benchmarks.near_duplicates_peers` with an interpreter of its own, as it needs `datatrove[io,processing]`
and `spacy`, which this project does not. DOCUMENTS is a folder of JSON lines with `id` and `text`, FOLDER is empty.
One worker, so that all stages run in this process, with the defaults of the package; imports are not counted.
"""

import json
import os
import shutil
import sys
import time
from importlib.metadata import version
from pathlib import Path


def main() -> None:
    documents, folder, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    import pyarrow.parquet as pq
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import (
        MinhashDedupBuckets,
        MinhashDedupCluster,
        MinhashDedupFilter,
        MinhashDedupSignature,
    )
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import ParquetWriter
    from loguru import logger

    logger.remove()
    config = MinhashConfig()
    spent, walls, kept = [], [], []
    for number in range(rounds):
        work = folder / str(number)
        stages = (
            (1, [JsonlReader(documents), MinhashDedupSignature(f"{work}/signed", config=config)]),
            (config.num_buckets, [MinhashDedupBuckets(f"{work}/signed", f"{work}/buckets", config=config)]),
            (1, [MinhashDedupCluster(f"{work}/buckets", f"{work}/removed", config=config)]),
            (1, [JsonlReader(documents), MinhashDedupFilter(f"{work}/removed"), ParquetWriter(f"{work}/kept")]),
        )
        began, used = time.perf_counter(), cpu_seconds()
        for index, (tasks, pipeline) in enumerate(stages):
            LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=1, logging_dir=f"{work}/log{index}").run()
            logger.remove()
        spent.append(cpu_seconds() - used)
        walls.append(time.perf_counter() - began)
        kept = pq.read_table(f"{work}/kept", columns=["id"]).column("id").to_pylist()
        shutil.rmtree(work)
    print(json.dumps({"version": version("datatrove"), "cpu_seconds": spent, "wall_seconds": walls, "kept": kept}))


def cpu_seconds() -> float:
    """Return what this process has used, and the workers it waited for."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
