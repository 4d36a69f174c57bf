"""Words that stand before a year, and words that may follow one, by language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Behind these a number of four digits is a year, whatever follows it.
CALLED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("year", "years"),
        "de": ("jahr", "jahre", "jahren", "jahres"),
        "fr": ("année", "années", "l'an", "l’an"),
        "es": ("año", "años"),
    }
)
# Behind these it is one, be it 1500 or 2000, unless something countable may follow it.
SURE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "in", "since", "january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december", "spring", "summer", "fall", "autumn", "winter",
            "early", "late", "mid", "circa", "during",
        ),
        "de": (
            "seit", "januar", "februar", "märz", "april", "mai", "juni", "juli",
            "august", "september", "oktober", "november", "dezember", "frühjahr", "frühling", "sommer", "herbst",
            "winter", "anfang", "ende", "mitte",
        ),
        "fr": (
            "en", "depuis", "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre", "début", "fin",
        ),
        "es": (
            "en", "desde", "enero de", "febrero de", "marzo de", "abril de", "mayo de", "junio de",
            "julio de", "agosto de", "septiembre de", "octubre de", "noviembre de", "diciembre de",
        ),
    }
)  # fmt: skip
# Behind these it is one unless the number is round.
LIKELY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "by", "from", "to", "until", "till", "through", "between", "and", "of", "after", "before", "around",
            "about", "throughout",
        ),
        "de": ("von", "bis", "ab", "zwischen", "und", "nach", "vor", "um"),
        "fr": ("de", "à", "jusqu'en", "jusqu’en", "jusqu'à", "jusqu’à", "entre", "et", "après", "avant", "vers", "dès"),
        "es": ("de", "a", "hasta", "entre", "y", "tras", "del", "hacia"),
    }
)  # fmt: skip
# Small words that may follow a year; any other word in small letters may be what a number counts.
FOLLOWING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "the", "a", "an", "and", "or", "to", "through", "until", "with", "when", "where", "while", "by", "as",
            "for", "was", "were", "is", "are", "had", "has", "he", "she", "they", "it", "we", "who", "that", "which",
            "at", "on", "in", "from", "of", "after", "before", "because", "but", "his", "her", "their", "its", "our",
            "did", "would", "could", "under", "over", "into", "against", "election", "presidential", "alone", "only",
            "if", "than", "also", "saw", "brought", "about", "using", "where", "this", "these", "there", "some",
            "then", "so", "both", "many",
        ),
        "de": (
            "der", "die", "das", "dem", "den", "und", "oder", "bis", "mit", "als", "wurde", "wurden", "war", "waren",
            "ist", "sind", "hat", "hatte", "in", "im", "an", "am", "auf", "von", "vom", "zu", "zum", "zur", "für",
            "ein", "eine", "einen", "er", "sie", "es", "durch", "bei", "nach", "aus", "unter", "über", "nicht",
        ),
        "fr": (
            "le", "la", "les", "un", "une", "et", "ou", "à", "au", "aux", "de", "du", "des", "par", "pour", "avec",
            "dans", "sur", "en", "est", "a", "il", "elle", "ils", "elles", "que", "qui", "où", "lorsque", "sous",
            "après", "avant", "ce", "cette", "son", "sa", "ses", "sont", "était", "ont",
        ),
        "es": (
            "el", "la", "los", "las", "un", "una", "y", "o", "a", "al", "de", "del", "por", "para", "con", "en",
            "es", "fue", "ha", "había", "se", "que", "cuando", "donde", "como", "hasta", "su", "sus", "sobre", "tras",
            "entre", "era", "fueron",
        ),
    }
)  # fmt: skip
