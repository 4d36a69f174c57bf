"""Models: which ones there are, and what the job asks them for. Without any of it no model is ever loaded."""

import re
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.fine_instructions import EmbedderConfig, FineInstructionsConfig, JudgingConfig
from etl.config.self_instruct import MAX_ROUNDS, SelfInstructConfig
from etl.config.values import ADDRESS_PATTERN, VARIABLE_PATTERN, ImpossibleError, Line, Model, Share

RecipeName = Literal[
    "reverse_instruction", "answer_instruction", "refine_pair", "nemotron_qa", "instruction_synthesizer",
    "fine_instructions", "self_instruct",
]  # fmt: skip
# More recipes than there are would repeat one.
MAX_RECIPES: Final = 7
# Of a name such as org/Llama-3.1-8B-Instruct the letters before the first number or sign: models of one family.
_FAMILY: Final = re.compile(r"(?:.*/)?([a-z]*)")
_IN_PROCESS: Final = ("transformers", "vllm")


class GeneratorConfig(Model):
    """The model that writes, and what runs it."""

    engine: Literal["openai_server", "vllm", "transformers", "fake"] = Field(
        description="What runs it: a server of the OpenAI protocol, vLLM or transformers in the worker, a script."
    )
    model: Line = Field(description="Its name: at the server, on a hub, or what to call the one in `folder`.")
    folder: Line | None = Field(default=None, description="vllm and transformers: a folder that holds the model.")
    revision: Annotated[str, Field(max_length=100)] = Field(
        default="", description="Which state of it; answers of another one are asked for anew."
    )
    dtype: Literal["auto", "bfloat16", "float16", "float32"] = Field(
        default="auto", description="vllm and transformers: type of its numbers."
    )
    url: Annotated[str, Field(pattern=ADDRESS_PATTERN)] | None = Field(
        default=None, description="openai_server: its address up to and with /v1."
    )
    authorization_env: Annotated[str, Field(pattern=VARIABLE_PATTERN)] | None = Field(
        default=None, description="openai_server: the workers' environment variable that authorizes them."
    )
    concurrency: Annotated[int, Field(ge=1, le=1024)] = Field(
        default=16, description="openai_server: requests of one worker at once."
    )
    retries: Annotated[int, Field(ge=0, le=20)] = Field(
        default=5, description="openai_server: attempts after the first where the fault may be the server's."
    )
    timeout_seconds: Annotated[float, Field(gt=0, le=86_400)] = Field(
        default=300.0, description="How long one request, or one batch in the worker, may take."
    )
    context_tokens: Annotated[int, Field(ge=128, le=10_000_000)] = Field(
        default=4096, description="What it reads and writes together at most."
    )
    batch_size: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=256, description="Prompts handed to the engine at once."
    )
    workers: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=1, description="Tasks that ask at once, each with an engine of its own: as many as there are GPUs."
    )
    threads: Annotated[int, Field(ge=1, le=1024)] | None = Field(
        default=None, description="vllm and transformers on a CPU: threads of an engine; absent: as many as a task has."
    )
    gpus_per_task: Annotated[float, Field(gt=0, le=16)] | None = Field(
        default=None,
        description="vllm and transformers on a cluster with Spark 4: GPUs of a task that asks, or a part "
        "of one; absent: as spark.task.resource.gpu.amount says for all stages.",
    )
    family: Line | None = Field(
        default=None, description="What kind of model it is, such as llama; absent: the first letters of its name."
    )
    engine_arguments: dict[str, str | int | float | bool] = Field(
        default={}, description="vllm: further arguments, such as gpu_memory_utilization or max_num_seqs."
    )
    script: Line | None = Field(default=None, description="fake: a JSON file that says what it answers.")
    log: Line | None = Field(default=None, description="fake: a file to which each prompt it is asked adds a line.")

    @model_validator(mode="after")
    def _possible(self) -> "GeneratorConfig":
        if self.engine == "openai_server" and self.url is None:
            raise ImpossibleError("engine openai_server needs a url, such as http://localhost:8000/v1", "url")
        for key, engines in (
            ("url", ("openai_server",)),
            ("authorization_env", ("openai_server",)),
            ("folder", _IN_PROCESS),
            ("threads", _IN_PROCESS),
            ("gpus_per_task", _IN_PROCESS),
            ("engine_arguments", ("vllm",)),
            ("script", ("fake",)),
            ("log", ("fake",)),
        ):
            if getattr(self, key) and self.engine not in engines:
                raise ImpossibleError(f"engine {self.engine} takes none; valid with {', '.join(engines)}", key)
        return self


class ModelsConfig(Model):
    """The models of the job; one that is absent is not needed."""

    generator: GeneratorConfig | None = Field(default=None, description="The model that writes; absent: none.")
    embedder: EmbedderConfig | None = Field(
        default=None,
        description="The model that makes vectors, for the recipe fine_instructions, select.semantic_duplicates and "
        "select.diversity.topic; absent: none.",
    )
    judge: GeneratorConfig | None = Field(
        default=None, description="The model that judges every generated pair; absent: none is judged."
    )


class RecipeConfig(Model):
    """One recipe: what of the corpus goes into it, and how the model writes."""

    recipe: RecipeName = Field(description="Which one.")
    share: Share = Field(default=1.0, description="Share of the documents or pairs that are asked about, by hash.")
    max_prompts: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="At most so many, the first by hash; absent: no limit."
    )
    max_passage_chars: Annotated[int, Field(ge=200, le=200_000)] = Field(
        default=4000, description="Of a document its beginning goes into the prompt, so long at most."
    )
    min_support: Share = Field(
        default=0.5, description="Share of an answer's words that its passage must hold; 0 asks for none."
    )
    rounds: Annotated[int, Field(ge=1, le=MAX_ROUNDS)] = Field(
        default=1,
        description="instruction_synthesizer: rounds of questions; texts with pairs are examples for the next round.",
    )
    single_turn: bool = Field(
        default=True,
        description="instruction_synthesizer: false makes one pair of a chain of texts, with all before it as context.",
    )
    max_new_tokens: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        default=None, description="Where an output is cut off; absent: as the recipe says."
    )
    temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        default=None, description="0 takes the likeliest token; absent: as the recipe says."
    )

    @model_validator(mode="after")
    def _chained(self) -> "RecipeConfig":
        if self.recipe != "instruction_synthesizer":
            for key, changed in (("rounds", self.rounds > 1), ("single_turn", not self.single_turn)):
                if changed:
                    raise ImpossibleError("valid with the recipe instruction_synthesizer", key)
        if not self.single_turn and self.rounds == 1:
            raise ImpossibleError("texts are chained in rounds; give two or more", "rounds")
        return self


class GenerateConfig(Model):
    """What models.generator is asked for."""

    recipes: Annotated[list[RecipeConfig], Field(max_length=MAX_RECIPES)] = Field(
        default=[], description="The recipes; none: no model is asked."
    )
    fine_instructions: FineInstructionsConfig | None = Field(
        default=None, description="What the recipe fine_instructions matches, and how."
    )
    self_instruct: SelfInstructConfig | None = Field(
        default=None, description="What the recipe self_instruct starts from, and how far it goes."
    )
    judging: JudgingConfig = JudgingConfig()
    chunk_prompts: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        default=2000, description="Prompts between two commits: what a kill costs at most."
    )
    max_error_rate: Share = Field(default=0.05, description="Share of prompts without an answer that ends the run.")
    max_unparsable_rate: Share = Field(
        default=0.3, description="Share of outputs that hold nothing a recipe can read that ends the run."
    )

    @model_validator(mode="after")
    def _unique(self) -> "GenerateConfig":
        names = [each.recipe for each in self.recipes]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ImpossibleError(f"each recipe once; twice: {', '.join(twice)}", "recipes")
        return self


def check_models(models: ModelsConfig, generate: GenerateConfig, *, embeds: bool = False) -> None:
    """Check that there is a model for what is asked, and something to ask of a model that is there.

    Args:
        models: The models.
        generate: What they are asked for.
        embeds: Whether something else needs vectors.

    Raises:
        ImpossibleError: There is not.
    """
    if generate.recipes and models.generator is None:
        raise ImpossibleError("needs models.generator, the model that is asked", "generate.recipes")
    if models.generator is not None and not generate.recipes:
        raise ImpossibleError("no recipe asks it; name one in generate.recipes, or leave it out", "models.generator")
    if models.judge is not None:
        if models.generator is None:
            raise ImpossibleError("there is nothing to judge without models.generator", "models.judge")
        same = family_of(models.judge) == family_of(models.generator)
        if same and not generate.judging.allow_same_family:
            raise ImpossibleError(
                f"is of the family {family_of(models.judge)!r} as models.generator is, and would favour its own; name "
                "another one, or set generate.judging.allow_same_family",
                "models.judge",
            )
    names = {each.recipe for each in generate.recipes}
    needed: tuple[tuple[RecipeName, str, object], ...] = (
        ("fine_instructions", "models.embedder", models.embedder),
        ("fine_instructions", "generate.fine_instructions", generate.fine_instructions),
        ("self_instruct", "generate.self_instruct", generate.self_instruct),
    )
    for recipe, key, given in needed:
        if recipe in names and given is None:
            raise ImpossibleError(f"the recipe {recipe} needs it", key)
        if given is not None and recipe not in names and not (embeds and given is models.embedder):
            others = ", nor is one of select.semantic_duplicates and select.diversity.topic"
            others = others if given is models.embedder else ""
            raise ImpossibleError(f"the recipe {recipe} is not asked for{others}; name it, or leave this out", key)


def family_of(model: GeneratorConfig) -> str:
    """Return the family of a model: as configured, else the letters that its name begins with, in lower case.

    >>> family_of(GeneratorConfig(engine="vllm", model="org/Llama-3.1-8B-Instruct"))
    'llama'
    """
    found = _FAMILY.match(model.model.lower())
    return (model.family or "").lower() or (found.group(1) if found else "") or model.model.lower()
