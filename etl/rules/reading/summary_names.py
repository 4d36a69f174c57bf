"""What texts call their summary, as a heading or as a label in front of it."""

import re
from typing import Final

_NAMES: Final = (
    "abstract", "summary", "executive summary", "tl;dr", "tldr", "in brief", "section summary", "chapter summary",
    "zusammenfassung", "kurzfassung", "résumé", "en bref", "resumen", "摘要", "内容提要", "要約", "概要",
)  # fmt: skip
HEADING_NAME: Final = re.compile(rf"(?:\d[\d.]* )?(?:{'|'.join(map(re.escape, _NAMES))}) ?[:：]?\Z", re.IGNORECASE)
LABEL: Final = re.compile(rf"(?:{'|'.join(map(re.escape, _NAMES))}) ?[:：] *", re.IGNORECASE)
# No name is longer, with the number in front of it.
MAX_CHARS: Final = 40
