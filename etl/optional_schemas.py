"""The tables that only some configurations write: what models answered, what is known, entities and topics."""

from typing import Final

from etl.declared import Table
from etl.declared import one_of as _one_of
from etl.declared import schema_of as _schema
from etl.entities.found import ANNOTATORS

ENTITIES: Final = Table(
    "entities",
    _schema(
        """
        doc_id string
        source string
        source_id string
        type string
        start int
        end int
        text string
        key string
        is_ambiguous boolean
        annotator string
        annotator_version string
        run_id string
        """
    ),
    {
        "ids": "length(doc_id) = 32 AND source IS NOT NULL AND source_id IS NOT NULL",
        "spans": "start >= 0 AND `end` > start AND length(text) = `end` - start",
        "not_blank": "length(type) > 0 AND length(trim(text)) > 0 AND length(annotator_version) > 0",
        "known_annotator": _one_of("annotator", ANNOTATORS),
        "has_run": "run_id IS NOT NULL",
    },
)

TOPICS: Final = Table(
    "topics",
    _schema(
        """
        pair_id string
        topic string
        similarity double
        doc_id string
        source string
        source_id string
        run_id string
        """
    ),
    {"ids": "length(pair_id) = 32", "not_blank": "length(topic) > 0", "has_run": "run_id IS NOT NULL"},
)

COMPLETIONS: Final = Table(
    "completions",
    _schema(
        """
        prompt_id string
        recipe string
        recipe_version string
        doc_id string
        source string
        source_id string
        system string
        prompt string
        completion string
        model_id string
        parameters string
        finish_reason string
        error string
        prompt_tokens int
        completion_tokens int
        run_id string
        """
    ),
    {
        "ids": "length(prompt_id) = 32",
        "known_finish_reason": _one_of("finish_reason", ("stop", "length", "error")),
        "error_says_why": "(finish_reason = 'error') = (error IS NOT NULL)",
        "has_run": "run_id IS NOT NULL",
    },
)

KNOWLEDGE_BASE: Final = Table(
    "knowledge_base",
    _schema(
        """
        entity_id string
        type string
        key string
        names map<string,string>
        phrases map<string,string>
        aliases array<string>
        ambiguous array<string>
        facts map<string,string>
        source string
        license string
        content_hash string
        run_id string
        """
    ),
    {"has_name": "size(names) > 0", "has_license": "length(license) > 0", "has_run": "run_id IS NOT NULL"},
)
