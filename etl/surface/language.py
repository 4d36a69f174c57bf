"""Language codes as sources write them, reduced to those that wordings have."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# ISO 639-3 and 639-2 codes of languages with wordings; `zho` and its like are what language detectors write.
SHORT_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it",
        "nld": "nl", "dut": "nl", "rus": "ru", "tur": "tr", "zho": "zh", "chi": "zh", "cmn": "zh", "jpn": "ja",
        "kor": "ko", "ara": "ar", "arb": "ar", "fas": "fa", "per": "fa", "pes": "fa", "hin": "hi",
    }
)  # fmt: skip
# Chinese in traditional characters is no text that simplified wordings fit.
TRADITIONAL: Final = "zh-hant"
TRADITIONAL_TAG: Final = "^(?:zh|zho|chi|cmn)[-_](?:.{0,20}[-_])?(?:hant|tw|hk|mo)(?:[-_]|$)"
PRIMARY_TAG: Final = "^([a-z]{2,3})(?:[-_]|$)"
CODE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?")


def normal_code(lang: str | None) -> str:
    """Return the code that wordings of a language are filed under; empty where the text is no code.

    >>> [normal_code(lang) for lang in ("zh-CN", "zh_Hans", "zh-Hant-HK", "pt-BR", "ENG", "English", None)]
    ['zh', 'zh', 'zh-hant', 'pt', 'en', '', '']
    """
    lowered = (lang or "").lower()
    if re.search(TRADITIONAL_TAG, lowered):
        return TRADITIONAL
    primary = re.search(PRIMARY_TAG, lowered)
    return SHORT_CODES.get(primary[1], primary[1]) if primary else ""
