"""The tables: their columns, and what each row must satisfy.

A `Table` is the declaration; `etl.tables.Tables` is the only place that reads and writes one.
"""

from typing import Final

from etl.declared import Table
from etl.declared import one_of as _one_of
from etl.declared import schema_of as _schema
from etl.optional_schemas import COMPLETIONS, ENTITIES, KNOWLEDGE_BASE, TOPICS
from etl.rules.families import FAMILIES

METHODS: Final = ("extraction", "reading_comprehension", "template", "generation", "imported")
RESPONSE_SOURCES: Final = ("span", "knowledge_base", "model", "placeholder")
STREAMS: Final = ("raw", "instruction", "joined")
STAGES: Final = ("ingest", "parse", "extract", "entities", "fill", "generate", "select", "mix")
STATUSES: Final = ("running", "finished", "failed")

DOCUMENTS: Final = Table(
    "documents",
    _schema(
        """
        doc_id string
        source string
        source_id string
        url string
        title string
        lang string
        license string
        format string
        text string
        content_hash string
        n_chars int
        n_chrome int
        n_markup int
        n_tokens int
        blocks array<int>
        tags array<string>
        run_id string
        """
    ),
    {
        "ids": "length(doc_id) = 32 AND source IS NOT NULL AND source_id IS NOT NULL",
        "has_text": "n_chars > 0 AND text IS NOT NULL",
        "has_run": "run_id IS NOT NULL",
    },
)

PAIRS: Final = Table(
    "pairs",
    _schema(
        """
        pair_id string
        doc_id string
        source string
        source_id string
        method string
        rule string
        rule_version string
        family string
        instruction string
        response string
        context string
        evidence spans
        grounding double
        votes int
        accepted boolean
        response_source string
        template_id string
        fillers array<string>
        model_id string
        lang string
        complexity int
        n_tokens int
        license string
        run_id string
        """
    ),
    {
        "ids": "length(pair_id) = 32",
        "known_method": _one_of("method", METHODS),
        "known_family": _one_of("family", FAMILIES),
        "known_response_source": _one_of("response_source", RESPONSE_SOURCES),
        "not_blank": "length(trim(instruction)) > 0 AND length(trim(response)) > 0",
        "grounding_is_share": "grounding >= 0 AND grounding <= 1",
        "has_run": "run_id IS NOT NULL",
    },
)

REJECTS: Final = Table(
    "rejects",
    _schema(
        """
        stage string
        reason string
        detail string
        source string
        source_id string
        doc_id string
        pair_id string
        payload string
        run_id string
        """
    ),
    {"known_stage": _one_of("stage", STAGES), "has_reason": "length(reason) > 0", "has_run": "run_id IS NOT NULL"},
)

MIXTURE: Final = Table(
    "mixture",
    _schema(
        """
        row_id string
        stream string
        text string
        n_tokens int
        raw_tokens int
        instruction_tokens int
        layout string
        doc_id string
        pair_ids array<string>
        source string
        lang string
        license string
        split string
        run_id string
        """
    ),
    {
        "ids": "length(row_id) = 32",
        "known_stream": _one_of("stream", STREAMS),
        "tokens_add_up": "n_tokens >= 0 AND raw_tokens + instruction_tokens = n_tokens",
        "has_split": "split IS NOT NULL",
        "has_run": "run_id IS NOT NULL",
    },
)

# The mixture without its pairs: the same raw rows alone, and with raw text in the place of the pairs.
WITHOUT_PAIRS: Final = MIXTURE._replace(name="mixture_without_pairs")
RAW_ONLY: Final = MIXTURE._replace(name="mixture_raw_only")

MIXTURE_REPORT: Final = Table(
    "mixture_report",
    _schema(
        """
        split string
        source string
        stream string
        planned double
        achieved double
        unit string
        tolerance double
        fallback string
        rows long
        units long
        run_id string
        """
    ),
    {"shares": "planned BETWEEN 0 AND 1 AND achieved BETWEEN 0 AND 1", "has_run": "run_id IS NOT NULL"},
)

STAGE_STATS: Final = Table(
    "stage_stats",
    _schema(
        """
        stage string
        unit string
        rows_in long
        rows_out long
        rejected long
        not_drawn long
        reasons map<string,long>
        seconds double
        run_id string
        """
    ),
    {
        "accounts_close": "rows_in = rows_out + rejected + not_drawn",
        "known_stage": _one_of("stage", STAGES),
        "has_run": "run_id IS NOT NULL",
    },
)

RUNS: Final = Table(
    "runs",
    _schema(
        """
        run_id string
        run_date date
        status string
        config string
        config_hash string
        code_version string
        package_versions map<string,string>
        input_versions map<string,string>
        output_versions map<string,long>
        started_at timestamp
        ended_at timestamp
        """
    ),
    {"known_status": _one_of("status", STATUSES), "has_run": "run_id IS NOT NULL"},
)

# What a finished run replaces as a whole; `runs` itself keeps a row a run.
PUBLISHED: Final = (DOCUMENTS, PAIRS, REJECTS, MIXTURE, MIXTURE_REPORT, STAGE_STATS)
# Written with mixture.twins only.
TWINS: Final = (WITHOUT_PAIRS, RAW_ONLY)
# Written with twins, with entities, or with topics, only.
OPTIONAL: Final = (*TWINS, ENTITIES, TOPICS)
# Answers of models, kept from run to run; written where a model is asked only.
ANSWERS: Final = (COMPLETIONS,)
TABLES: Final = (*PUBLISHED, *OPTIONAL, *ANSWERS, KNOWLEDGE_BASE, RUNS)
