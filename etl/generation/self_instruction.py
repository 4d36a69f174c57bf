"""Self-instruction: from seeds new instructions round by round, then of what kind each is, then instances of it.

What is known and what is new is compared on the driver: a million instructions are some hundred megabytes. Each answer
is a row of `completions` as those of any recipe, so a run that was killed asks for nothing twice.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.generate import RecipeConfig
from etl.config.self_instruct import SEEDS, SelfInstructConfig
from etl.generation.asked import ALL, Asked, answers_to, prompts_once
from etl.job import Job
from etl.recipes.base import RecipeSettings, Refusal
from etl.recipes.registry import RECIPES
from etl.recipes.seeds import Seed, instruction_id, read_seeds
from etl.recipes.self_instruct import NAME, examples_of, new_instructions
from etl.recipes.self_instruct_steps import INPUT_FIRST, Instances, InstructionKind, NewInstructions
from etl.stages.candidates import SPANS, content_id
from etl.stages.generate import STAGE
from etl.stages.union import union

_TEXTS: Final = (
    "item_id", "doc_id", "source", "source_id", "lang", "license", "text", "instruction", "response",
)  # fmt: skip
_ITEMS: Final = T.StructType(
    [
        *(T.StructField(name, T.StringType()) for name in _TEXTS),
        T.StructField("evidence", SPANS),
        T.StructField("fillers", T.ArrayType(T.StringType())),
    ]
)
# Of each instruction, the ids of the examples it was written after.
Origins = dict[str, Sequence[str]]


class _Work(NamedTuple):
    """What all steps share."""

    job: Job
    asked: Asked
    config: SelfInstructConfig
    settings: RecipeSettings


def self_instruct(
    job: Job, asked: Asked, chosen: RecipeConfig, config: SelfInstructConfig, settings: RecipeSettings
) -> DataFrame:
    """Return the pairs and rejects of Self-Instruct, with the columns of `read_answers`.

    `fillers` of a pair are the ids of the seeds, and of earlier new instructions, that stood in the prompt of its
    instruction.

    Raises:
        GenerationFailedError: Too many prompts got no answer, or none that can be read.
        ConfigError: The file of seeds is wrong.
    """
    work = _Work(job, asked, config, settings)
    accepted, rejects = _rounds(work, chosen)
    kinds = _kinds(work, accepted)
    items = [item_of(config, each, response=kinds.get(each, INPUT_FIRST), fillers=of) for each, of in accepted.items()]
    made = _step(work, Instances.name, items)
    return union([made, *rejects]).withColumn("rule", F.lit(NAME))


def _rounds(work: _Work, chosen: RecipeConfig) -> tuple[Origins, list[DataFrame]]:
    """Return the new instructions with their origins, and what was turned down."""
    config = work.config
    seeds = read_seeds(config.seeds)
    given = [seed.instruction for seed in seeds]
    accepted: Origins = {}
    rejects: list[DataFrame] = []
    for number in range(config.rounds):
        items = items_of_round(config, seeds, list(accepted), f"{work.job.config.run.seed} {number}")
        read = _step(work, NewInstructions.name, items, number, chosen=chosen)
        origins: Origins = {}
        for row in read.filter(F.col("reason").isNull()).orderBy("pair_id").collect():
            origins.setdefault(row["instruction"], row["fillers"])
        kept, refused = new_instructions(list(origins), [*given, *accepted], config.max_rouge_l)
        rejects += [read.filter(F.col("reason").isNotNull()), _refused(read, refused)]
        if not kept:
            break
        accepted.update({each: origins[each] for each in kept})
    return accepted, rejects


def items_of_round(
    config: SelfInstructConfig, seeds: Sequence[Seed], accepted: Sequence[str], draw_id: str
) -> list[dict[str, Any]]:
    """Return the items of a round, each with the examples that were drawn for it."""
    ids = {seed.instruction: seed.id for seed in seeds}
    items = []
    for place in range(config.prompts_per_round):
        examples = examples_of([seed.instruction for seed in seeds], accepted, f"{draw_id} {place}")
        of = [ids.get(each) or instruction_id(each) for each in examples]
        text = json.dumps(examples, ensure_ascii=False)
        items.append(item_of(config, f"{draw_id} {place}", text=text, fillers=of))
    return items


def frame_of(spark: SparkSession, items: Sequence[Mapping[str, Any]]) -> DataFrame:
    """Return items as rows."""
    return spark.createDataFrame([tuple(item[field] for field in _ITEMS.fieldNames()) for item in items], _ITEMS)


def _kinds(work: _Work, accepted: Origins) -> dict[str, str]:
    """Return for each instruction how its instances are asked for; one whose kind is not known is no classification."""
    read = _step(work, InstructionKind.name, [item_of(work.config, each) for each in accepted])
    found = read.filter(F.col("reason").isNull()).select("instruction", "response").collect()
    return {row["instruction"]: row["response"] for row in found}


def _step(
    work: _Work, name: str, items: Sequence[Mapping[str, Any]], number: int = 0, *, chosen: RecipeConfig = ALL
) -> DataFrame:
    """Return what the answers to one step hold, staged: the next step is made of it, and must not change."""
    job, asked = work.job, work.asked
    recipe = RECIPES[name](work.settings)
    prompts = prompts_once(
        job, f"prompts_{name}_{number}", lambda: frame_of(job.spark, items), recipe, asked, chosen=chosen
    )
    return job.once(f"read_{name}_{number}", lambda: answers_to(job, prompts, recipe, asked))


def item_of(
    config: SelfInstructConfig, key: str, *, text: str = "", response: str = "", fillers: Sequence[str] = ()
) -> dict[str, Any]:
    """Return an item: a list of examples, or an instruction, which `key` then is."""
    item_id = content_id(NAME, key, response)
    return {
        "item_id": item_id,
        "doc_id": None,
        "source": SEEDS,
        "source_id": item_id,
        "lang": None,
        "license": config.license,
        "text": text,
        "instruction": "" if text else key,
        "response": response,
        "evidence": [],
        "fillers": list(fillers),
    }


def _refused(read: DataFrame, refused: Sequence[Refusal]) -> DataFrame:
    """Return a row for each instruction that is not new, with the columns of what was read."""
    said = [(SEEDS, STAGE, each.reason, each.detail or None, each.payload) for each in refused]
    rows = read.sparkSession.createDataFrame(
        said, "source string, stage string, reason string, detail string, payload string"
    )
    absent = {
        field.name: F.lit(None).cast(field.dataType) for field in read.schema.fields if field.name not in rows.columns
    }
    return rows.withColumns(absent).select(*read.columns)
