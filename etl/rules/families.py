"""What kinds of task a pair can be, and which kind each rule makes by which method."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

QUESTION_ANSWERING: Final = "question_answering"
HOW_TO: Final = "how_to"
TRANSLATION: Final = "translation"

FAMILIES: Final = (
    QUESTION_ANSWERING,
    "creative",
    "extraction",
    "classification",
    "sentiment",
    "summarization",
    TRANSLATION,
    "reasoning",
    HOW_TO,
    "definition",
    "completion",
    "rewriting",
)

FAMILY_OF_RULE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "markup": QUESTION_ANSWERING,  # its how-tos are HOW_TO
        "thread": QUESTION_ANSWERING,
        "faq": QUESTION_ANSWERING,
        "labelled_qa": QUESTION_ANSWERING,
        "howto": HOW_TO,
        "reading_translation": TRANSLATION,
        "reading_paraphrase": "rewriting",
        "reading_summary": "summarization",
        "reading_topic": "summarization",
        "reading_definition": "definition",
        "reading_option": "definition",
        "reading_command": "question_answering",
        "reading_cause": "reasoning",
        "reading_relation": "classification",
        "reading_keywords": "creative",
        "reading_title": "summarization",
        "reading_article": "creative",
        "reading_completion": "completion",
        "reading_years": "extraction",
        "reading_mentions": "extraction",
        "reading_examples": "extraction",
    }
)

# The question or step and its answer stand in the document as such.
EXTRACTION: Final = "extraction"
# The request is the product's, the answer the document's: a task that reading comprehension sets.
READING_COMPREHENSION: Final = "reading_comprehension"

METHOD_OF_RULE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "markup": EXTRACTION,
        "thread": EXTRACTION,
        "faq": EXTRACTION,
        "labelled_qa": EXTRACTION,
        "howto": EXTRACTION,
        **{rule: READING_COMPREHENSION for rule in FAMILY_OF_RULE if rule.startswith("reading_")},
    }
)
