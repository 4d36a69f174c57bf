"""Counting by a trainer's tokenizer in a Spark worker against the bare library, on one thread each.

``python -m tests.benchmarks.tokenizing``; both count the same texts, the library in batches of a thousand, and take
turns in one session on ``local[1]``. A worker's time is all of it: Parquet, the JVM, Arrow, Python; what a job of a few
texts takes is what every job takes, and `steady` is without it. The first round of each warms up and does not count.

The tokenizers are those of ``--tokenizer FILE``, else three of 16,000 tokens trained on the first texts: byte-level BPE
for the library tokenizers, the same merges as ranks for tiktoken, and SentencePiece.
"""

import argparse
import base64
import io
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ.update(dict.fromkeys(("RAYON_NUM_THREADS", "RAYON_RS_NUM_THREADS"), "1"))

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl.mixture.tokenizer import DEFAULT_PATTERN, Tokenizer
from etl.session import spark_session
from etl.stages.count_tokens import count_batches
from tests.benchmarks.near_duplicates import cpu_seconds, megabytes, read_texts

FLOOR = 0.8
_VOCABULARY = 16_000
_TRAINED_ON = 600
_BARE_BATCH = 1_000
_FEW = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--every", type=int, default=8, help="take every so-manieth document")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tokenizer", action="append", type=Path, help="a file, .json, .model or .tiktoken")
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    texts = read_texts(arguments.corpus)[:: arguments.every]
    files = arguments.tokenizer or []
    tokenizers = [Tokenizer(path.name, path.read_bytes(), DEFAULT_PATTERN) for path in files] or trained(texts)
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--master local[1] pyspark-shell"
    figures: dict[str, object] = {"texts": len(texts), "mb": round(megabytes(texts), 1), "floor": FLOOR}
    with tempfile.TemporaryDirectory(prefix="instructlake-bench-") as folder, spark_session("bench") as spark:
        place = f"{folder}/texts"
        rows = [(text, 0) for text in texts]
        spark.createDataFrame(rows, "text string, n_tokens int").coalesce(1).write.parquet(place)
        spark.createDataFrame(rows[:_FEW], "text string, n_tokens int").coalesce(1).write.parquet(f"{place}-few")
        for tokenizer in tokenizers:
            figures[tokenizer.name] = measure(spark, place, texts, tokenizer, arguments.rounds)
    figures["load_average"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=2))


def measure(spark: SparkSession, place: str, texts: list[str], tokenizer: Tokenizer, rounds: int) -> dict[str, object]:
    count = bare(tokenizer)

    def alone() -> int:
        return sum(sum(count(texts[at : at + _BARE_BATCH])) for at in range(0, len(texts), _BARE_BATCH))

    def in_spark(place: str = place) -> int:
        # Made anew each time: a frame that was collected keeps what its stages yielded.
        stored = spark.read.parquet(place)
        counted = stored.mapInArrow(count_batches(tokenizer), stored.schema).agg(F.sum("n_tokens")).first()
        return int(counted[0]) if counted else 0

    spent: dict[str, list[tuple[float, float]]] = {"alone": [], "in_spark": [], "few_in_spark": []}
    for _ in range(rounds + 1):
        spent["alone"].append(timed(alone))
        spent["in_spark"].append(timed(in_spark))
        spent["few_in_spark"].append(timed(lambda: in_spark(f"{place}-few")))
    alone_, all_, few = (values[1:] for values in spent.values())

    def ratio(which: int, *, steady: bool) -> float:
        """Median over the rounds, of wall seconds (0) or CPU seconds (1)."""
        return round(
            statistics.median(
                one[which] / (other[which] - steady * start[which])
                for one, other, start in zip(alone_, all_, few, strict=True)
            ),
            3,
        )

    return {
        "tokens": alone(),
        "tokens_in_spark": in_spark(),
        "mb_per_s_alone": round(megabytes(texts) / statistics.median(wall for wall, _ in spent["alone"][1:]), 2),
        "speed_of_bare": {"all": ratio(0, steady=False), "steady": ratio(0, steady=True)},
        "cpu_of_bare": {"all": ratio(1, steady=False), "steady": ratio(1, steady=True)},
        "wall_and_cpu_seconds": spent,
    }


def timed(work: Callable[[], int]) -> tuple[float, float]:
    began, used = time.perf_counter(), cpu_seconds(os.getpid())
    work()
    return round(time.perf_counter() - began, 2), round(cpu_seconds(os.getpid()) - used, 2)


def bare(tokenizer: Tokenizer) -> Callable[[list[str]], list[int]]:
    """The library as its own documentation uses it, on whole texts."""
    suffix = tokenizer.name.rpartition(".")[2]
    if suffix == "json":
        import tokenizers

        loaded = tokenizers.Tokenizer.from_str(tokenizer.content.decode())
        loaded.no_truncation()
        loaded.no_padding()
        return lambda texts: [len(each) for each in loaded.encode_batch_fast(texts, add_special_tokens=False)]
    if suffix == "model":
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer.content)
        return lambda texts: [len(each) for each in processor.encode(texts, num_threads=1)]
    import tiktoken

    ranks = {base64.b64decode(line.split()[0]): int(line.split()[1]) for line in tokenizer.content.splitlines()}
    encoding = tiktoken.Encoding("bench", pat_str=tokenizer.pattern, mergeable_ranks=ranks, special_tokens={})
    return lambda texts: [len(each) for each in encoding.encode_ordinary_batch(texts, num_threads=1)]


def trained(texts: list[str]) -> list[Tokenizer]:
    import sentencepiece
    import tokenizers

    sample = texts[:_TRAINED_ON]
    bpe = tokenizers.Tokenizer(tokenizers.models.BPE())
    bpe.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = sorted(tokenizers.pre_tokenizers.ByteLevel.alphabet())
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=_VOCABULARY, initial_alphabet=alphabet, show_progress=False)
    bpe.train_from_iterator(sample, trainer)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(line for text in sample for line in text.split("\n") if line.strip()), model_writer=model,
        model_type="bpe", vocab_size=_VOCABULARY, hard_vocab_limit=False, byte_fallback=True, minloglevel=2,
        num_threads=1,
    )  # fmt: skip
    return [
        Tokenizer("tokenizers.json", bpe.to_str().encode(), DEFAULT_PATTERN),
        Tokenizer("ranks.tiktoken", ranks_of(bpe.get_vocab()), DEFAULT_PATTERN),
        Tokenizer("sentencepiece.model", model.getvalue(), DEFAULT_PATTERN),
    ]


def ranks_of(vocabulary: dict[str, int]) -> bytes:
    """Return a byte-level vocabulary as ranks; GPT-2 writes a byte that cannot be shown as a sign beyond 255."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    byte_of = {chr(byte): byte for byte in shown} | {chr(256 + place): byte for place, byte in enumerate(hidden)}
    ranked = sorted(vocabulary, key=vocabulary.__getitem__)
    tokens = [bytes(byte_of[sign] for sign in token) for token in ranked]
    return b"\n".join(base64.b64encode(token) + b" %d" % rank for rank, token in enumerate(tokens))


if __name__ == "__main__":
    main()
