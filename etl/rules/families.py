"""What kinds of task a pair can be, and which kind each rule makes by which method."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

QUESTION_ANSWERING: Final = "question_answering"
HOW_TO: Final = "how_to"

FAMILIES: Final = (
    QUESTION_ANSWERING,
    "creative",
    "extraction",
    "classification",
    "sentiment",
    "summarization",
    "translation",
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
    }
)

# The question or step and its answer stand in the document as such.
EXTRACTION: Final = "extraction"

METHOD_OF_RULE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "markup": EXTRACTION,
        "thread": EXTRACTION,
        "faq": EXTRACTION,
        "labelled_qa": EXTRACTION,
        "howto": EXTRACTION,
    }
)
