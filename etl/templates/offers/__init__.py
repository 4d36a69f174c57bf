"""Offers: what a document has that templates can be filled with; one file for each thing that is looked for.

A slot such as ``list items`` names the offer and a part of it. An offer holds its parts as places of the document or
as entities that are named there, so whatever fills a slot can be found again.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document
from etl.templates.models import PASSAGE
from etl.templates.offers.base import DEFINITION, LATIN, LIST, SECTION, Offer
from etl.templates.offers.definitions import DEFINITION_PARTS, offer_definitions
from etl.templates.offers.latin import LATIN_PARTS, offer_latin
from etl.templates.offers.lists import LIST_PARTS, offer_lists
from etl.templates.offers.sections import SECTION_PARTS, offer_passages, offer_sections

# What can be looked for in any document, and which parts it has.
FINDERS: Final[Mapping[str, Callable[[Document, str], Iterator[Offer]]]] = MappingProxyType(
    {
        DEFINITION: offer_definitions,
        LATIN: offer_latin,
        LIST: offer_lists,
        SECTION: offer_sections,
        PASSAGE: offer_passages,
    }
)
PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {DEFINITION: DEFINITION_PARTS, LATIN: LATIN_PARTS, LIST: LIST_PARTS, SECTION: SECTION_PARTS}
)
