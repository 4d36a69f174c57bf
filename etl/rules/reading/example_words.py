"""Words that no category and no item of a list of examples has, by language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Words in the plural that say nothing of what they stand for, and words in -s that are no plural.
NO_CATEGORIES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": frozenset((
            "things", "others", "ones", "ways", "cases", "examples", "does", "was", "has", "is", "its", "this", "his",
            "process", "access", "business", "class", "series", "basis", "analysis", "status", "always", "news",
            "kinds", "types", "sorts", "parts", "needs", "uses", "times", "focus", "bus", "address", "success",
            "progress", "across", "virus", "loss", "less", "census", "congress", "terms", "towards",
        )),
        "fr": frozenset((
            "choses", "autres", "cas", "exemples", "dans", "processus", "accès", "plus", "types", "sortes",
        )),
        "es": frozenset(("cosas", "otros", "otras", "casos", "ejemplos", "más", "tipos", "clases", "partes")),
    }
)  # fmt: skip
# A stretch with one of these is a piece of a sentence and no name of a thing, or leaves the list open.
NO_ITEMS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": frozenset((
            "and", "or", "in", "to", "for", "that", "which", "who", "is", "are", "was", "were", "be", "been", "by",
            "from", "with", "on", "at", "as", "when", "where", "while", "if", "it", "they", "he", "she", "we", "you",
            "others", "other", "more", "etc", "this", "these", "those", "their", "its", "his", "her", "your", "our",
            "have", "has", "had", "can", "will", "not", "but", "so", "than", "then", "even", "also", "into", "using",
            "how", "whether", "what", "one", "any", "some", "all", "many", "such", "including", "both", "either",
            "respectively", "too", "only", "between", "through", "over", "under", "without", "within", "during",
            "after", "before", "because", "like", "there", "out", "up", "mentioned",
            "described", "listed", "shown", "above", "below",
        )),
        "fr": frozenset((
            "et", "ou", "dans", "pour", "que", "qui", "est", "sont", "était", "par", "avec", "sur", "en", "quand",
            "où", "il", "elle", "ils", "autres", "autre", "etc", "ce", "cette", "ces", "leur", "leurs", "son", "sa",
            "ses", "votre", "vos", "notre", "nos", "a", "ont", "ne", "pas", "mais", "si", "plus", "aussi", "encore",
            "lors", "sans", "afin", "tout", "toute", "tous", "même", "bien",
        )),
        "es": frozenset((
            "y", "o", "e", "u", "en", "para", "que", "es", "son", "era", "por", "con", "sobre", "cuando", "donde",
            "otros", "otras", "otro", "otra", "etc", "este", "esta", "estos", "estas", "su", "sus", "ha", "han",
            "no", "pero", "si", "más", "también", "sin", "se", "lo", "todo", "toda", "cada", "como", "entre",
        )),
    }
)  # fmt: skip
# Other ways to give examples: where one of them stands too, the list is not all that the passage names.
OTHER_SIGNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("including", "include", "for example", "for instance", "e.g.", " like ", "such as", "etc.", "namely"),
        "fr": ("notamment", "par exemple", "p. ex.", " comme ", "tels que", "telles que", "etc.", "y compris"),
        "es": ("incluyendo", "incluid", "incluye", "por ejemplo", "p. ej.", " como ", "tales como", "etc."),
    }
)
# Words that stand before a noun and say nothing of its kind.
NO_MODIFIERS: Final = frozenset((
    "other", "some", "many", "various", "these", "those", "all", "its", "their", "the", "such", "different", "several",
    "our", "your", "his", "her", "any", "more", "few", "two", "three", "four", "most", "both", "certain", "specific",
    "particular", "additional", "similar", "further", "new", "key", "numerous", "multiple", "common", "existing",
))  # fmt: skip
